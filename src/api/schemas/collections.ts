import { z } from 'zod/mini';
import { keptTextSchema } from './text.ts';
import { videoListItemSchema } from './videos.ts';

/** Collection shapes (SDK document, "Collections"). */

export const collectionSchema = z.looseObject({
  collection_id: z.string(),
  name: z.string(),
  description: z.nullish(z.string()),
  parent_id: z.nullish(z.string()),
  parent_type: z.nullish(z.string()),
  created_at: z.string(),
  video_count: z._default(z.number(), 0),
  /** Up to four signed thumbnail URLs. */
  thumbnails: z.nullish(z.array(z.string())),
});
export type Collection = z.infer<typeof collectionSchema>;

const pageShape = { page: z.number(), page_size: z.number(), total: z.number() };

export const paginatedCollectionsSchema = z.looseObject({ data: z.array(collectionSchema), ...pageShape });
export type PaginatedCollections = z.infer<typeof paginatedCollectionsSchema>;

export const paginatedCollectionVideosSchema = z.looseObject({ data: z.array(videoListItemSchema), ...pageShape });
export type PaginatedCollectionVideos = z.infer<typeof paginatedCollectionVideosSchema>;

const nameSchema = keptTextSchema.check(z.trim(), z.minLength(1), z.maxLength(255));
const descriptionSchema = z.nullish(keptTextSchema.check(z.maxLength(10_000)));

export const createCollectionRequestSchema = z.object({ name: nameSchema, description: descriptionSchema });
export const updateCollectionRequestSchema = z.object({ name: z.optional(nameSchema), description: descriptionSchema });
export const addVideoRequestSchema = z.object({ video_id: z.uuid() });

/** The query string of paged lists, as the platform reads it. */
export const pageQuerySchema = z.object({
  page: z._default(z.coerce.number().check(z.int(), z.gte(1)), 1),
  page_size: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(500)), 10),
});

export const collectionVideosQuerySchema = z.extend(pageQuerySchema, {
  sort_by: z._default(z.enum(['created_at', 'name']), 'created_at'),
  sort_order: z._default(z.enum(['asc', 'desc']), 'desc'),
});
