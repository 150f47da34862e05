import { z } from 'zod';
import { keptTextSchema } from './text.ts';
import { videoListItemSchema } from './videos.ts';

/** Collection shapes (SDK document, "Collections"). */

export const collectionSchema = z.looseObject({
  collection_id: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  parent_id: z.string().nullish(),
  parent_type: z.string().nullish(),
  created_at: z.string(),
  video_count: z.number().default(0),
  /** Up to four signed thumbnail URLs. */
  thumbnails: z.array(z.string()).nullish(),
});
export type Collection = z.infer<typeof collectionSchema>;

const pageShape = { page: z.number(), page_size: z.number(), total: z.number() };

export const paginatedCollectionsSchema = z.looseObject({ data: z.array(collectionSchema), ...pageShape });
export type PaginatedCollections = z.infer<typeof paginatedCollectionsSchema>;

export const paginatedCollectionVideosSchema = z.looseObject({ data: z.array(videoListItemSchema), ...pageShape });
export type PaginatedCollectionVideos = z.infer<typeof paginatedCollectionVideosSchema>;

const nameSchema = keptTextSchema.trim().min(1).max(255);
const descriptionSchema = keptTextSchema.max(10_000).nullish();

export const createCollectionRequestSchema = z.object({ name: nameSchema, description: descriptionSchema });
export const updateCollectionRequestSchema = z.object({ name: nameSchema.optional(), description: descriptionSchema });
export const addVideoRequestSchema = z.object({ video_id: z.uuid() });

/** The query string of paged lists, as the platform reads it. */
export const pageQuerySchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  page_size: z.coerce.number().int().min(1).max(500).default(10),
});

export const collectionVideosQuerySchema = pageQuerySchema.extend({
  sort_by: z.enum(['created_at', 'name']).default('created_at'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
});
