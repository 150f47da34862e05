import { z } from 'zod/mini';
import { boolean, listOf, nullable, number, optional, text, timecode } from './tolerant.ts';

/** What the embedded platform tells of a video's segments beyond the API, at `/local/videos/{video_id}/segments`. */

const detectedObjectSchema = z.object({
  /** "person", "car", "dining table" … */
  label: text,
  /** The most of them seen in one frame. */
  count: number,
  color: nullable(text),
  moving: boolean,
});

const POSTURES = ['standing', 'sitting', 'lying', 'bending', 'raising_hand'] as const;

export const segmentSchema = z.object({
  segment_id: text,
  /** `HH:MM:SS`, as `end`. */
  start: timecode,
  end: timecode,
  /** The same in milliseconds, exact. */
  start_ms: number,
  end_ms: number,
  text,
  thumbnail_url: nullable(text),
  objects: listOf(detectedObjectSchema),
  /** Basic color words and their share of the picture, 0 to 1. */
  colors: listOf(z.object({ name: text, share: number })),
  motion: z.enum(['still', 'slight', 'moderate', 'strong']),
  camera_moves: boolean,
  faces: number,
  /** How many of them smile; missing in segments of earlier versions. */
  smiles: optional(number),
  time_of_day: nullable(z.enum(['day', 'night'])),
  /** What people do whose bodies are plain to see. This and the next two are missing in segments of earlier versions. */
  postures: optional(listOf(z.object({ posture: z.enum(POSTURES), count: number }))),
  /** A face that fills a quarter of the picture's height, or people who are all below a third of it. */
  shot: optional(z.enum(['close_up', 'wide'])),
  /** `empty` where nothing moves and nobody is seen, not even doubtfully; `many` from six people on. */
  occupancy: optional(z.enum(['empty', 'many'])),
  /** What two people do together; missing in segments of earlier versions. */
  interaction: optional(z.enum(['face_to_face'])),
  /** What is said meanwhile, by the first track of words. */
  said: optional(text),
  /** What is written in the picture, each text once. */
  written: listOf(text),
});
export type SegmentDetails = z.infer<typeof segmentSchema>;

export const segmentsSchema = z.object({
  video_id: text,
  /** The video's color on every map. */
  color: text,
  segments: listOf(segmentSchema),
});
export type Segments = z.infer<typeof segmentsSchema>;
