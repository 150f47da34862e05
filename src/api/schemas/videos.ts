import { z } from 'zod/mini';

/** Video and pipeline shapes (SDK document, "Models"). */

export const videoListItemSchema = z.looseObject({
  video_id: z.string(),
  name: z.string(),
  status: z.nullish(z.string()),
  video_path: z.nullish(z.string()),
  thumbnail_path: z.nullish(z.string()),
  hls_playlist_path: z.nullish(z.string()),
  transcoding_status: z.nullish(z.string()),
  hls_generation_status: z.nullish(z.string()),
  thumbnail_generation_status: z.nullish(z.string()),
  analyse_status: z.nullish(z.string()),
  search_process_status: z.nullish(z.string()),
  created_at: z.nullish(z.string()),
  /** Seconds; sent by the embedded platform, like those below. */
  duration: z.nullish(z.number()),
  /** A strip of pictures from all over the video, side by side, and how many there are. */
  scrub_path: z.nullish(z.string()),
  scrub_frames: z.nullish(z.int().check(z.positive())),
  /** True where the platform understands sources better now than when this one was processed. */
  is_outdated: z.nullish(z.boolean()),
  /** What of the source could not be read or played, as sentences. */
  warnings: z.nullish(z.array(z.string())),
});
export type VideoListItem = z.infer<typeof videoListItemSchema>;

/** A bare array, or wrapped in `data` or `videos`. */
export const videoListSchema = z.union([
  z.array(videoListItemSchema),
  z.pipe(
    z.looseObject({ data: z.array(videoListItemSchema) }),
    z.transform((body) => body.data),
  ),
  z.pipe(
    z.looseObject({ videos: z.array(videoListItemSchema) }),
    z.transform((body) => body.videos),
  ),
]);

export const videoDetailsSchema = z.looseObject({
  ...videoListItemSchema.shape,
  video_metadata: z.nullish(z.record(z.string(), z.unknown())),
});
export type VideoDetails = z.infer<typeof videoDetailsSchema>;

export const VIDEO_STATUSES = ['uploaded', 'analysed', 'search_processed', 'processed'] as const;
export type VideoStatusFilter = (typeof VIDEO_STATUSES)[number];

/** A parameter that is there but empty (`?status=`) counts as left out. */
const blankAsAbsent = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z.pipe(
    z.transform((value: unknown) => (value === '' ? undefined : value)),
    schema,
  );

/** Years that every part of the platform can hold. */
const dateSchema = z.coerce
  .date()
  .check(z.gte(new Date('0001-01-01T00:00:00Z')), z.lte(new Date('9999-12-31T23:59:59.999Z')));

/** The query string of `videos/list`, as the platform reads it. */
export const videoListQuerySchema = z.object({
  status: blankAsAbsent(z.optional(z.enum(VIDEO_STATUSES))),
  start_time: blankAsAbsent(z.optional(dateSchema)),
  end_time: blankAsAbsent(z.optional(dateSchema)),
  not_in_collection: blankAsAbsent(z.optional(z.uuid())),
  skip: z._default(z.coerce.number().check(z.int(), z.gte(0)), 0),
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 50),
  sort_by: z._default(z.enum(['created_at', 'name']), 'created_at'),
  sort_order: z._default(z.enum(['asc', 'desc']), 'desc'),
});

export const videoIdSchema = z.object({ video_id: z.uuid() });

export const pipelineEnqueuedSchema = z.looseObject({ video_id: z.string(), status: z.string() });
export type PipelineEnqueued = z.infer<typeof pipelineEnqueuedSchema>;

export const pipelineStatusSchema = z.looseObject({
  video_id: z.string(),
  status: z.string(),
  percentage: z.nullish(z.number()),
  error: z.nullish(z.string()),
  /** ISO 8601; sent by the embedded platform. */
  started_at: z.nullish(z.string()),
  ended_at: z.nullish(z.string()),
});
export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;
