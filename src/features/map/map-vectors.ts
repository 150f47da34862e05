import { useMemo } from 'react';
import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { type Neighbor, nearestRows, useVideoVectors, type VectorRows } from '#shared/embeddings/vectors.ts';
import { getVideo, type MapPoints, pointFrom } from './map-points.ts';

/** Vectors in the order of the points, matched by video and start; null when none is known. */
export function alignVectors(points: MapPoints, fetched: readonly VideoEmbeddingsResponse[]): VectorRows | null {
  const dimensions = fetched.find(({ data }) => data.length > 0)?.data[0]?.embedding.length ?? 0;
  if (dimensions === 0) return null;
  const rows = new Float32Array(points.count * dimensions).fill(Number.NaN);
  for (const { id, data } of fetched) {
    const video = getVideo(points, id);
    for (const segment of data) {
      const index = pointFrom(points, video, readSegmentTimes(segment).start);
      if (index !== null && segment.embedding.length === dimensions) rows.set(segment.embedding, index * dimensions);
    }
  }
  return { dimensions, rows };
}

/** The points nearest to one by cosine, nearest first; empty when its vector is not known. */
export function nearestTo(vectors: VectorRows, index: number, count: number): Neighbor[] {
  const { dimensions, rows } = vectors;
  const own = rows.subarray(index * dimensions, (index + 1) * dimensions);
  return nearestRows(vectors, own, count + 1)
    .filter((other) => other.index !== index)
    .slice(0, count);
}

/** The vectors of the map's segments, as far as they were fetched. */
export function useVectors(points: MapPoints) {
  const ids = useMemo(() => points.videos.map(({ id }) => id), [points.videos]);
  const { fetched, ...state } = useVideoVectors(ids);
  const vectors = useMemo(() => alignVectors(points, fetched), [points, fetched]);
  return { ...state, vectors };
}
export type MapVectorsState = ReturnType<typeof useVectors>;
