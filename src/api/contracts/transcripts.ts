import { z } from 'zod/mini';
import { boolean, listOf, nullable, number, optional, text } from './tolerant.ts';

/** What the embedded platform knows of a video's words, at `/local/videos/{video_id}/text`: said and written. */

const cueShape = {
  cue_id: text,
  start_ms: number,
  end_ms: number,
  text,
};

export const cueSchema = z.object({ ...cueShape, is_edited: boolean });
export type Cue = z.infer<typeof cueSchema>;

export const textTrackSchema = z.object({
  track_id: text,
  /** In the source itself, from a subtitle file that was added, or recognized from the sound. */
  source: z.enum(['embedded', 'file', 'recognized']),
  /** BCP 47. */
  language: nullable(text),
  /** What people choose it by; different for each track of a video. */
  name: text,
  cues: listOf(cueSchema),
});
export type TextTrack = z.infer<typeof textTrackSchema>;

export const onScreenTextSchema = z.object({
  ...cueShape,
  /** Left, top, right and bottom, as fractions of the picture. */
  box: listOf(z.number()),
  /** 0 to 1. */
  confidence: optional(number),
});
export type OnScreenText = z.infer<typeof onScreenTextSchema>;

const recognitionSchema = z.object({
  /** Whether a service for it is configured. */
  is_available: boolean,
  /** Of the last run; null when there was none. */
  status: nullable(z.enum(['pending', 'in_progress', 'completed', 'failed'])),
  percentage: number,
  error: nullable(text),
});

/** When something is said and written in videos, at `/local/words`: starts and ends in milliseconds, in turn. */
export const wordTimesSchema = z.object({
  videos: listOf(z.object({ video_id: text, said: listOf(z.number()), written: listOf(z.number()) })),
});
export type WordTimes = z.infer<typeof wordTimesSchema>;

export const videoTextSchema = z.object({
  video_id: text,
  tracks: listOf(textTrackSchema),
  on_screen: listOf(onScreenTextSchema),
  recognition: recognitionSchema,
});
export type VideoText = z.infer<typeof videoTextSchema>;
