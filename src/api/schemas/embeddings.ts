import { z } from 'zod';

/** Embedding shapes (SDK document, "Embeddings"). Vectors have 1024 numbers with the current backend and length 1. */

export const videoSegmentEmbeddingSchema = z.looseObject({
  embedding: z.array(z.number()),
  embedding_option: z.string().nullish(),
  embedding_scope: z.string().nullish(),
  start: z.string().nullish(),
  end: z.string().nullish(),
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
  data: z.array(z.looseObject({ embedding: z.array(z.number()) })).min(1),
});
export type TextEmbedding = z.infer<typeof textEmbeddingSchema>;

export const textEmbeddingRequestSchema = z.object({ text: z.string().min(1).max(4096) });
