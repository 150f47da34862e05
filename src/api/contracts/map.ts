import { z } from 'zod/mini';

/**
 * The embedded platform's own map, at `POST /local/map`: `application/vnd.mikshi.map` (see `map-format.ts`) where the layout
 * is known, and this JSON with status 202 while it is being computed.
 */

export const MAP_MEDIA_TYPE = 'application/vnd.mikshi.map';

/** What a computation of a layout is doing: waiting for another one, reading vectors, placing segments. */
export const MAP_STAGES = ['waiting', 'reading', 'placing'] as const;
export type MapStage = (typeof MAP_STAGES)[number];

/** A layout that is being computed, also at `GET /local/map/runs/{run_id}`. */
export const mapRunSchema = z.object({
  state: z.enum(['computing', 'ready', 'failed']),
  run_id: z.string(),
  stage: z.enum(MAP_STAGES),
  /** 0 to 1, of the whole computation. */
  progress: z.number(),
  segments: z.number(),
  /** How often the layout was shown as far as it is (`POST /local/map/draft`); 0 before it can be. */
  drafts: z.number(),
  /** Why it failed, as a sentence; null otherwise. */
  error: z.nullable(z.string()),
});
export type MapRun = z.infer<typeof mapRunSchema>;

const COLUMN_TYPES = ['f32', 'u32', 'u16', 'u8'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

const count = z.int().check(z.nonnegative());

/**
 * Where the pictures of a video's segments are: the n-th (from 0) is at `before`, n with at least so many digits, `after`.
 * A list where they do not follow from the number.
 */
const thumbnailsSchema = z.union([
  z.object({ before: z.string(), digits: count, after: z.string() }),
  z.array(z.string()),
]);
export type Thumbnails = z.infer<typeof thumbnailsSchema>;

export const mapHeaderSchema = z.object({
  /** Points in all: the sum of the videos' counts. */
  count,
  /** In the order of their points. */
  videos: z.array(
    z.object({
      video_id: z.string(),
      color: z.string(),
      /** Order of arrival. */
      position: z.number(),
      hls_playlist_url: z.nullable(z.string()),
      /** Points of this video, which follow those of the video before. */
      count,
      thumbnails: thumbnailsSchema,
    }),
  ),
  /** Captions, each once. */
  texts: z.array(z.string()),
  /** The type of each column, in their order in the file. */
  columns: z.object({
    x: z.literal('f32'),
    y: z.literal('f32'),
    gap: z.enum(COLUMN_TYPES),
    duration: z.enum(COLUMN_TYPES),
    text: z.enum(COLUMN_TYPES),
  }),
});
export type MapHeader = z.infer<typeof mapHeaderSchema>;
