import { useMemo } from 'react';
import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { readSegmentTimes } from '#api/segment-times.ts';
import { nearestRows } from '#shared/embeddings/cosine.ts';
import { SegmentHits } from './segment-hits.tsx';

const NEAREST = 10;

interface NearestListProps {
  readonly vector: readonly number[];
  readonly fetched: readonly VideoEmbeddingsResponse[];
}

/** The segments whose vectors are nearest to one, by exact comparison. */
export function NearestList({ vector, fetched }: NearestListProps) {
  const nearest = useMemo(() => {
    const segments = fetched.flatMap(({ id, data }) =>
      data.map((segment) => ({ id, ...readSegmentTimes(segment), embedding: segment.embedding })),
    );
    const rows = Float32Array.from(segments.flatMap(({ embedding }) => embedding));
    return nearestRows({ dimensions: vector.length, rows }, vector, NEAREST).flatMap(({ index, cosine }) => {
      const segment = segments[index];
      return segment ? { ...segment, cosine } : [];
    });
  }, [vector, fetched]);
  return <SegmentHits segments={nearest} label="Nearest segments" />;
}
