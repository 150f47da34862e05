import type { VideoEmbeddings } from '#api/schemas/embeddings.ts';
import { parseTimecode } from '#lib/time.ts';
import type { MapPoints } from './map-points.ts';

/** The vector of each point, one after the other; a row of NaN where none is known. */
export interface MapVectors {
  readonly dimensions: number;
  readonly rows: Float32Array;
}

/** Vectors in the order of the points, matched by video and start; null when none is known. */
export function vectorsOf({ moments }: MapPoints, fetched: readonly VideoEmbeddings[]): MapVectors | null {
  const byMoment = new Map(
    fetched.flatMap(({ id, data }) =>
      data.map(({ start, embedding }) => [`${id} ${start ? parseTimecode(start) : ''}`, embedding] as const),
    ),
  );
  const dimensions = byMoment.values().next().value?.length ?? 0;
  if (dimensions === 0) return null;
  const rows = new Float32Array(moments.length * dimensions).fill(Number.NaN);
  moments.forEach(({ videoId, start }, index) => {
    const vector = byMoment.get(`${videoId} ${start}`);
    if (vector?.length === dimensions) rows.set(vector, index * dimensions);
  });
  return { dimensions, rows };
}

/** The cosine of each point with a vector; NaN where the point's vector is not known. */
export function cosinesWith({ dimensions, rows }: MapVectors, vector: ArrayLike<number>): Float32Array {
  const length = Math.hypot(...Array.from(vector)) || 1;
  return Float32Array.from({ length: rows.length / dimensions }, (_, index) => {
    let [dot, square] = [0, 0];
    for (let at = 0; at < dimensions; at += 1) {
      const value = rows[index * dimensions + at] ?? 0;
      dot += value * (vector[at] ?? 0);
      square += value * value;
    }
    return dot / (length * (Math.sqrt(square) || 1));
  });
}

export interface Neighbour {
  readonly index: number;
  readonly cosine: number;
}

/** The points nearest to one by cosine, nearest first; empty when its vector is not known. */
export function nearestTo(vectors: MapVectors, index: number, count: number): Neighbour[] {
  const { dimensions, rows } = vectors;
  const cosines = cosinesWith(vectors, rows.subarray(index * dimensions, (index + 1) * dimensions));
  return Array.from(cosines, (cosine, other) => ({ index: other, cosine }))
    .filter((other) => other.index !== index && !Number.isNaN(other.cosine))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count);
}
