import type { SegmentObservation } from '../tasks/vision/observation.ts';

/** Numbers in every vector of the index. */
export const DIMENSION = 1024;
/** Of these, numbers of a sentence's embedding: what `SentenceEncoder` gives. */
export const SENTENCE_DIMENSION = 512;

export interface EmbedderFacts {
  /** Names the space: vectors of different embedders must never meet in one index. */
  readonly name: string;
  /** Cosine similarity from which a segment has something to do with a text. */
  readonly close: number;
  /** Whether it looks at a segment's pictures, or only at what was observed. */
  readonly usesPictures: boolean;
}

/** Of the built-in embedder. */
export const LOCAL: EmbedderFacts = { name: 'local', close: 0.22, usesPictures: false };

/**
 * Puts texts and segments into one space, where similarity means alikeness. All vectors are `DIMENSION` long and of length 1.
 * It computes in the process that holds the model (`inference/entry.ts`).
 */
export interface EmbeddingModel extends EmbedderFacts {
  embedText(text: string): Promise<Float32Array>;
  /** `pictures` are files with frames of it; none for a model that uses none. */
  embedSegment(segment: {
    readonly observation: SegmentObservation;
    readonly pictures: readonly string[];
  }): Promise<Float32Array>;
}

/** Joins parts into one vector of length 1; what is missing to `DIMENSION` is zero, which changes no cosine. */
export function unitVector(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(DIMENSION);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return scaledTo(1, whole);
}

/** A vector of the same direction and the given length; a vector of zeros stays one. */
export function scaledTo(length: number, vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => (value * length) / norm) : vector;
}
