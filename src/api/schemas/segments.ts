import { z } from 'zod/mini';

/** What the embedded platform tells of a video's segments beyond the API, at `/local/videos/{video_id}/segments`. */

const seenObjectSchema = z.object({
  /** "person", "car", "dining table" … */
  label: z.string(),
  /** The most of them seen in one frame. */
  count: z.int().check(z.positive()),
  color: z.nullable(z.string()),
  moving: z.boolean(),
});

export const segmentSchema = z.object({
  segment_id: z.string(),
  /** `HH:MM:SS.mmm`. */
  start: z.string(),
  end: z.string(),
  text: z.string(),
  thumbnail_url: z.nullable(z.string()),
  objects: z.array(seenObjectSchema),
  /** Basic colour words and their share of the picture, 0..1. */
  colors: z.array(z.object({ name: z.string(), share: z.number() })),
  motion: z.enum(['still', 'slight', 'moderate', 'strong']),
  camera_moves: z.boolean(),
  faces: z.int().check(z.nonnegative()),
  time_of_day: z.nullable(z.enum(['day', 'night'])),
});
export type SegmentDetails = z.infer<typeof segmentSchema>;

export const segmentsSchema = z.object({
  video_id: z.string(),
  /** The video's colour on every map. */
  color: z.string(),
  segments: z.array(segmentSchema),
});
export type Segments = z.infer<typeof segmentsSchema>;
