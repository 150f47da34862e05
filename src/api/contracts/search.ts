import { z } from 'zod/mini';
import { boolean, listOf, number, optional, recordOf, text, timecode } from './tolerant.ts';

/** Search and visualization shapes (SDK document, "Search"). Times stay the API's strings; `readSegmentTimes` reads them. */

/** What a search can look through: the picture, what is said, and what is written in the picture. */
export const SEARCH_OPTIONS = ['visual', 'transcription', 'text_in_video'] as const;
export type SearchOption = (typeof SEARCH_OPTIONS)[number];

export const searchHitSchema = z.looseObject({
  /** From 1, the best hit. */
  rank: number,
  /** `HH:MM:SS`, as `end`. */
  start: timecode,
  end: timecode,
  /** Exact times in milliseconds; sent by the embedded platform. `readSegmentTimes` prefers them. */
  start_ms: optional(number),
  end_ms: optional(number),
  video_id: text,
  /** Pre-signed, as `video_url`. */
  thumbnail_url: optional(text),
  /** Every request of the playlist and its segments needs the API key. */
  hls_playlist_url: optional(text),
  video_url: optional(text),
  /** Cosine similarity; sent by the embedded platform. */
  score: optional(number),
  /** Whether the score is high enough for a match; sent by the embedded platform. */
  close: optional(boolean),
  /** The segment that was found; sent by the embedded platform, as what follows. A hit on a word starts later than it. */
  segment_id: optional(text),
  /** Why it was found, and the words that were. */
  matched_on: optional(z.array(z.enum(SEARCH_OPTIONS))),
  matched_text: optional(text),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchHitsSchema = listOf(searchHitSchema, 'results', 'hits');

export const visualizationPointSchema = z.looseObject({
  segment_id: text,
  video_id: text,
  /** 0 to 1, as `y`. */
  x: number,
  y: number,
  /** `HH:MM:SS`, as `end`. */
  start: timecode,
  end: timecode,
  /** Exact times in milliseconds; sent by the embedded platform. `readSegmentTimes` prefers them. */
  start_ms: optional(number),
  end_ms: optional(number),
  thumbnail_url: optional(text),
});
export type VisualizationPoint = z.infer<typeof visualizationPointSchema>;

export const visualizationVideoSchema = z.looseObject({
  video_id: text,
  /** A CSS color, such as "hsl(217, 70%, 55%)". */
  color: optional(text),
  hls_playlist_url: optional(text),
  video_url: optional(text),
});
export type VisualizationVideo = z.infer<typeof visualizationVideoSchema>;

export const visualizationSchema = z.looseObject({
  /** By video id. */
  videos: recordOf(visualizationVideoSchema),
  points: listOf(visualizationPointSchema),
});
export type Visualization = z.infer<typeof visualizationSchema>;
