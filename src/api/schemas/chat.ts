import { z } from 'zod/mini';

/** Chat shapes (SDK document, "Chat"). */

export const chatMessageSchema = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.string().check(z.maxLength(100_000)),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const askRequestSchema = z.object({
  question: z.string().check(z.trim(), z.minLength(1), z.maxLength(4096)),
  video_id: z.uuid(),
  top_k: z.nullish(z.int().check(z.gte(1), z.lte(100))),
  history: z.nullish(z.array(chatMessageSchema).check(z.maxLength(200))),
  stream: z.nullish(z.boolean()),
});

/** What the embedded platform adds to an answer: the moments that it rests on. Times are `HH:MM:SS.mmm`. */
export const citationSchema = z.looseObject({
  segment_id: z.string(),
  start: z.string(),
  end: z.string(),
  score: z.nullish(z.number()),
  text: z.nullish(z.string()),
  thumbnail_url: z.nullish(z.string()),
});
export type Citation = z.infer<typeof citationSchema>;

const answerShape = { answer: z.string(), citations: z.nullish(z.array(citationSchema)) };

export const askResponseSchema = z.looseObject(answerShape);
export type AskResponse = z.infer<typeof askResponseSchema>;

export const askTokenSchema = z.looseObject({ content: z.string() });
export const askDoneSchema = z.looseObject(answerShape);
export const askErrorSchema = z.looseObject({ detail: z.string() });

export type AskTokenEvent = { type: 'token' } & z.infer<typeof askTokenSchema>;
export type AskDoneEvent = { type: 'done' } & z.infer<typeof askDoneSchema>;
export type AskErrorEvent = {
  type: 'error';
  /** True when the connection broke; the platform may have completed, and charged, the answer. */
  isConnectionLost?: boolean;
} & z.infer<typeof askErrorSchema>;
export type AskEvent = AskTokenEvent | AskDoneEvent | AskErrorEvent;
