import { z } from 'zod/mini';
import { listOf, number, optional, text, timecode, vector } from './tolerant.ts';

/** Embedding shapes (SDK document, "Embeddings"). Vectors have 1024 numbers with the current backend and length 1. */

export const videoSegmentEmbeddingSchema = z.looseObject({
  embedding: vector,
  /** "visual", for example. */
  embedding_option: optional(text),
  /** "clip", for example. */
  embedding_scope: optional(text),
  /** `HH:MM:SS`, as `end`. */
  start: optional(timecode),
  end: optional(timecode),
  /** Exact times in milliseconds; sent by the embedded platform. `readSegmentTimes` prefers them. */
  start_ms: optional(number),
  end_ms: optional(number),
});
export type VideoSegmentEmbedding = z.infer<typeof videoSegmentEmbeddingSchema>;

export const videoEmbeddingsResponseSchema = z.looseObject({
  /** The requested video's id. */
  id: text,
  /** "ready". */
  status: text,
  data: listOf(videoSegmentEmbeddingSchema),
  /** The model that the vectors are of, as `model` of `/local/index`; sent by the embedded platform. */
  model: optional(text),
});
export type VideoEmbeddingsResponse = z.infer<typeof videoEmbeddingsResponseSchema>;

export const textEmbeddingSchema = z.looseObject({ embedding: vector });
export type TextEmbedding = z.infer<typeof textEmbeddingSchema>;

export const textEmbeddingResponseSchema = z.looseObject({
  /** "ready". */
  status: text,
  /** Always one entry; a list to keep the wire shape of `video`. */
  data: listOf(textEmbeddingSchema).check(z.minLength(1)),
});
export type TextEmbeddingResponse = z.infer<typeof textEmbeddingResponseSchema>;
