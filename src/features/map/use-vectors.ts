import { useMemo } from 'react';
import { useVideoVectors } from '#shared/embeddings/use-video-vectors.ts';
import type { MapPoints } from './map-points.ts';
import { alignVectors } from './map-vectors.ts';

/** The vectors of the map's segments, as far as they were fetched. */
export function useVectors(points: MapPoints) {
  const ids = useMemo(() => points.videos.map(({ id }) => id), [points.videos]);
  const { fetched, ...state } = useVideoVectors(ids);
  const vectors = useMemo(() => alignVectors(points, fetched), [points, fetched]);
  return { ...state, vectors };
}
export type MapVectorsState = ReturnType<typeof useVectors>;
