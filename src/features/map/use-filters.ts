import { useMemo } from 'react';
import { DIMMED, HIDDEN, NORMAL } from '#engines/scatter/scatter-data.ts';
import type { MapPoints } from './map-points.ts';
import type { MapClusters } from './use-coloring.ts';
import { type LegendFilter, useFilter } from './use-filter.ts';

export interface MapFilters {
  readonly videos: LegendFilter;
  readonly clusters: LegendFilter;
  /** HIDDEN for each point that a legend hides; null when none is. */
  readonly hidden: Uint8Array | null;
}

/** What the legends hide. Clusters hide points only while they are what the colors mean. */
export function useFilters({ segments }: MapPoints, { clusters }: MapClusters, byCluster: boolean): MapFilters {
  const videos = useFilter('videos');
  const groups = useFilter('clusters');
  const hidden = useMemo(() => {
    const isShown = (videoId: string, index: number) =>
      videos.isShown(videoId) && (!byCluster || groups.isShown(String(clusters.of[index])));
    const states = Uint8Array.from(segments, ({ videoId }, index) => (isShown(videoId, index) ? NORMAL : HIDDEN));
    return states.includes(HIDDEN) ? states : null;
  }, [segments, clusters, byCluster, videos, groups]);
  return { videos, clusters: groups, hidden };
}

/** How each point stands: hidden by a legend, dimmed since others are selected, or normal. */
export function usePointStates(hidden: Uint8Array | null, selected: Uint8Array | null): Uint8Array | null {
  return useMemo(
    () =>
      selected
        ? selected.map((value, index) => (hidden?.[index] === HIDDEN ? HIDDEN : value === 1 ? NORMAL : DIMMED))
        : hidden,
    [hidden, selected],
  );
}
