import { z } from 'zod/mini';
import { boolean, listOf, number, optional, pageOf, positiveInteger, record, text, timestamp } from './tolerant.ts';

/** Video and pipeline shapes (SDK document, "Models"). */

export const videoListItemSchema = z.looseObject({
  video_id: text,
  name: text,
  /** One of `VIDEO_STATUSES`. */
  status: optional(text),
  /** Pre-signed, as `thumbnail_path`. */
  video_path: optional(text),
  thumbnail_path: optional(text),
  /** Every request of the playlist and its segments needs the API key. */
  hls_playlist_path: optional(text),
  transcoding_status: optional(text),
  hls_generation_status: optional(text),
  thumbnail_generation_status: optional(text),
  analyse_status: optional(text),
  search_process_status: optional(text),
  /** ISO 8601. */
  created_at: optional(timestamp),
  /** ISO 8601: when it was recorded, as its file says. Sent by the embedded platform, like those below. */
  recorded_at: optional(timestamp),
  /** Seconds. */
  duration: optional(number),
  /** A strip of pictures from all over the video, side by side, and how many there are. */
  scrub_path: optional(text),
  scrub_frames: optional(positiveInteger),
  /** True where the platform understands sources better now than when this one was processed. */
  is_outdated: optional(boolean),
  /** What of the source could not be read or played, as sentences. */
  warnings: optional(listOf(text)),
});
export type VideoListItem = z.infer<typeof videoListItemSchema>;
/** The name of the document for the same shape. */
export type Video = VideoListItem;

export const videoListSchema = pageOf(videoListItemSchema, 'data', 'videos');

export const videoDetailsSchema = z.looseObject({
  ...videoListItemSchema.shape,
  /** Codec, duration, dimensions and so on. */
  video_metadata: optional(record),
});
export type VideoDetails = z.infer<typeof videoDetailsSchema>;

export const VIDEO_STATUSES = ['uploaded', 'analysed', 'search_processed', 'processed'] as const;
export type VideoStatusFilter = (typeof VIDEO_STATUSES)[number];

export const pipelineEnqueuedSchema = z.looseObject({
  video_id: text,
  /** "enqueued". */
  status: text,
});
export type PipelineEnqueued = z.infer<typeof pipelineEnqueuedSchema>;

export const pipelineStatusSchema = z.looseObject({
  video_id: text,
  /** Not one vocabulary: compare with `isDone`, `isFailed` and `isTerminal`. */
  status: text,
  /** Null where the platform does not know. */
  percentage: optional(number),
  error: optional(text),
  /** ISO 8601, as `ended_at`; sent by the embedded platform. */
  started_at: optional(timestamp),
  ended_at: optional(timestamp),
});
export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;

/** Other videos that were made of the same file; the embedded platform's own. */
export const duplicatesSchema = z.object({ duplicates: z.array(z.object({ video_id: z.string(), name: z.string() })) });
export type Duplicates = z.infer<typeof duplicatesSchema>;
