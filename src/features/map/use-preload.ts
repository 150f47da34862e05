import { type RefObject, useEffect, useRef } from 'react';
import type { View } from '#engines/scatter/camera.ts';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import { whenIdle } from '#lib/when-idle.ts';
import type { MapPoints } from './map-points.ts';

const AT_MOST = 60;

/** Fetches the pictures of segments in sight while the page rests, so that a preview is there within a frame. */
export function usePreload(plot: RefObject<ScatterPlot | null>, { segments }: MapPoints, view: View): void {
  const fetched = useRef(new Set<string>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in sight changes with the view
  useEffect(() => {
    return whenIdle(() => {
      for (const index of plot.current?.inSight(AT_MOST) ?? []) {
        const url = segments[index]?.thumbnail;
        if (!url || fetched.current.has(url)) continue;
        fetched.current.add(url);
        new Image().src = url;
      }
    });
  }, [plot, segments, view]);
}
