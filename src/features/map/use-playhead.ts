import { type RefObject, useEffect } from 'react';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import { player } from '#shared/player/studio-player.ts';
import { getVideo, type MapPoints, playheadAt } from './map-points.ts';

/** Moves the playhead on the map while a video plays: past React, since it moves with every frame. */
export function usePlayhead(plot: RefObject<ScatterPlot | null>, points: MapPoints): void {
  useEffect(() => {
    const place = () => {
      const { source, time } = player.getState();
      const video = getVideo(points, source?.videoId);
      plot.current?.setPlayhead(video ? playheadAt(points, video, time) : null, time);
    };
    place();
    return player.subscribe(place);
  }, [plot, points]);
}
