import { z } from 'zod';

/** Chat shapes (SDK document, "Chat"). */

export const chatMessageSchema = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.string().max(100_000),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const askRequestSchema = z.object({
  question: z.string().trim().min(1).max(4096),
  video_id: z.uuid(),
  top_k: z.number().int().min(1).max(100).nullish(),
  history: z.array(chatMessageSchema).max(200).nullish(),
  stream: z.boolean().nullish(),
});

/** What the embedded platform adds to an answer: the moments that it rests on. Times are `HH:MM:SS.mmm`. */
export const citationSchema = z.looseObject({
  segment_id: z.string(),
  start: z.string(),
  end: z.string(),
  score: z.number().nullish(),
  text: z.string().nullish(),
  thumbnail_url: z.string().nullish(),
});
export type Citation = z.infer<typeof citationSchema>;

const answerShape = { answer: z.string(), citations: z.array(citationSchema).nullish() };

export const askResponseSchema = z.looseObject(answerShape);
export type AskResponse = z.infer<typeof askResponseSchema>;

export const askTokenSchema = z.looseObject({ content: z.string() });
export const askDoneSchema = z.looseObject(answerShape);
export const askErrorSchema = z.looseObject({ detail: z.string() });

export type AskTokenEvent = { type: 'token' } & z.infer<typeof askTokenSchema>;
export type AskDoneEvent = { type: 'done' } & z.infer<typeof askDoneSchema>;
export type AskErrorEvent = { type: 'error' } & z.infer<typeof askErrorSchema>;
export type AskEvent = AskTokenEvent | AskDoneEvent | AskErrorEvent;
