import { DIMENSION } from '../server/platform/embedding/embedding-model.ts';
import { randomFrom } from '../server/platform/tasks/projection/random.ts';

/**
 * Unit vectors like those of segments: sixty-four directions with fading weight, since most of what varies in real embeddings lies
 * in few of them. The same seed always gives the same vectors.
 */
export function createVectorSource(seed: number): () => Float32Array {
  const random = randomFrom(seed);
  const normal = () => random() + random() + random() - 1.5;
  const unit = (vector: Float32Array) => {
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  };
  const directions = Array.from({ length: 64 }, () => unit(Float32Array.from({ length: DIMENSION }, normal)));
  return () => {
    const vector = new Float32Array(DIMENSION);
    for (const [index, direction] of directions.entries()) {
      const weight = normal() / Math.sqrt(index + 1);
      for (let at = 0; at < DIMENSION; at += 1) vector[at] = (vector[at] ?? 0) + weight * (direction[at] ?? 0);
    }
    return unit(vector);
  };
}

/** Rows of a video's segments, four seconds each. `embedding` gives the literal of each vector. */
export const createSegmentRows = (videoId: string, count: number, embedding: () => string) =>
  Array.from({ length: count }, (_, position) => ({
    segment_id: crypto.randomUUID(),
    video_id: videoId,
    position,
    start_s: position * 4,
    end_s: position * 4 + 4,
    thumbnail: '',
    caption: '',
    observation: '{}',
    embedding: embedding(),
  }));
