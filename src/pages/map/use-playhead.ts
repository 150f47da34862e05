import { type RefObject, useEffect } from 'react';
import type { ScatterPlot } from '#components/scatter/scatter-plot.ts';
import { usePlayer } from '#stores/player.ts';
import { type MapPoints, playheadAt, videoOf } from './map-points.ts';

/** Moves the playhead on the map while a video plays: past React, since it moves with every frame. */
export function usePlayhead(plot: RefObject<ScatterPlot | null>, points: MapPoints): void {
  useEffect(() => {
    const place = ({ source, time }: ReturnType<typeof usePlayer.getState>) => {
      const video = videoOf(points, source?.videoId);
      plot.current?.setPlayhead(video ? playheadAt(points, video, time) : null, time);
    };
    place(usePlayer.getState());
    return usePlayer.subscribe(place);
  }, [plot, points]);
}
