import { z } from 'zod/mini';

/** Embedding shapes (SDK document, "Embeddings"). Vectors have 1024 numbers with the current backend and length 1. */

export const videoSegmentEmbeddingSchema = z.looseObject({
  embedding: z.array(z.number()),
  embedding_option: z.nullish(z.string()),
  embedding_scope: z.nullish(z.string()),
  start: z.nullish(z.string()),
  end: z.nullish(z.string()),
});
export type VideoSegmentEmbedding = z.infer<typeof videoSegmentEmbeddingSchema>;

export const videoEmbeddingsSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  data: z.array(videoSegmentEmbeddingSchema),
});
export type VideoEmbeddings = z.infer<typeof videoEmbeddingsSchema>;

export const textEmbeddingSchema = z.looseObject({
  status: z.string(),
  /** Always one entry; a list to keep the wire shape of `video`. */
  data: z.array(z.looseObject({ embedding: z.array(z.number()) })).check(z.minLength(1)),
});
export type TextEmbedding = z.infer<typeof textEmbeddingSchema>;

export const textEmbeddingRequestSchema = z.object({ text: z.string().check(z.minLength(1), z.maxLength(4096)) });
