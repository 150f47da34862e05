import { z } from 'zod';

/** Video and pipeline shapes (SDK document, "Models"). */

export const videoListItemSchema = z.looseObject({
  video_id: z.string(),
  name: z.string(),
  status: z.string().nullish(),
  video_path: z.string().nullish(),
  thumbnail_path: z.string().nullish(),
  hls_playlist_path: z.string().nullish(),
  transcoding_status: z.string().nullish(),
  hls_generation_status: z.string().nullish(),
  thumbnail_generation_status: z.string().nullish(),
  analyse_status: z.string().nullish(),
  search_process_status: z.string().nullish(),
  created_at: z.string().nullish(),
  /** Seconds; sent by the embedded platform, like the two below. */
  duration: z.number().nullish(),
  /** A strip of pictures from all over the video, side by side, and how many there are. */
  scrub_path: z.string().nullish(),
  scrub_frames: z.number().int().positive().nullish(),
});
export type VideoListItem = z.infer<typeof videoListItemSchema>;

/** A bare array, or wrapped in `data` or `videos`. */
export const videoListSchema = z.union([
  z.array(videoListItemSchema),
  z.looseObject({ data: z.array(videoListItemSchema) }).transform((body) => body.data),
  z.looseObject({ videos: z.array(videoListItemSchema) }).transform((body) => body.videos),
]);

export const videoDetailsSchema = z.looseObject({
  ...videoListItemSchema.shape,
  video_metadata: z.record(z.string(), z.unknown()).nullish(),
});
export type VideoDetails = z.infer<typeof videoDetailsSchema>;

export const VIDEO_STATUSES = ['uploaded', 'analysed', 'search_processed', 'processed'] as const;
export type VideoStatusFilter = (typeof VIDEO_STATUSES)[number];

const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value);

/** The query string of `videos/list`, as the platform reads it. */
export const videoListQuerySchema = z.object({
  status: z.preprocess(blankAsAbsent, z.enum(VIDEO_STATUSES).optional()),
  start_time: z.preprocess(blankAsAbsent, z.coerce.date().optional()),
  end_time: z.preprocess(blankAsAbsent, z.coerce.date().optional()),
  not_in_collection: z.preprocess(blankAsAbsent, z.uuid().optional()),
  skip: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  sort_by: z.enum(['created_at', 'name']).default('created_at'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
});

export const videoIdSchema = z.object({ video_id: z.uuid() });

export const pipelineEnqueuedSchema = z.looseObject({ video_id: z.string(), status: z.string() });
export type PipelineEnqueued = z.infer<typeof pipelineEnqueuedSchema>;

export const pipelineStatusSchema = z.looseObject({
  video_id: z.string(),
  status: z.string(),
  percentage: z.number().nullish(),
  error: z.string().nullish(),
  /** ISO 8601; sent by the embedded platform. */
  started_at: z.string().nullish(),
  ended_at: z.string().nullish(),
});
export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;
