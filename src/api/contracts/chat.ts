import { z } from 'zod/mini';
import { listOf, number, optional, text, timecode } from './tolerant.ts';

/** Chat shapes (SDK document, "Chat"). */

export const chatMessageSchema = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.string().check(z.maxLength(100_000)),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** A segment that an answer rests on; sent by the embedded platform. */
export const citationSchema = z.looseObject({
  segment_id: text,
  video_id: optional(text),
  /** `HH:MM:SS`, as `end`. */
  start: timecode,
  end: timecode,
  /** Exact times in milliseconds; sent by the embedded platform. `readSegmentTimes` prefers them. */
  start_ms: optional(number),
  end_ms: optional(number),
  score: optional(number),
  text: optional(text),
  thumbnail_url: optional(text),
});
export type Citation = z.infer<typeof citationSchema>;

const citations = optional(listOf(citationSchema));

export const askResponseSchema = z.looseObject({ answer: text, citations });
export type AskResponse = z.infer<typeof askResponseSchema>;

export const askTokenSchema = z.looseObject({ content: text });
/** Without `answer`, the tokens before it are the answer. */
export const askDoneSchema = z.looseObject({ answer: optional(text), citations });

/** A piece of an answer, as the model writes it. */
export type AskTokenEvent = { type: 'token' } & z.infer<typeof askTokenSchema>;
/** The end of an answer, with all of it. */
export type AskDoneEvent = { type: 'done' } & AskResponse;
/** The end of an answer that failed. */
export interface AskErrorEvent {
  type: 'error';
  /** What went wrong, as a sentence. */
  detail: string;
  /** True when the connection broke; the platform may have completed, and charged, the answer. */
  isConnectionLost?: boolean;
  [field: string]: unknown;
}
export type AskEvent = AskTokenEvent | AskDoneEvent | AskErrorEvent;
