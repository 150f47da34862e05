import { z } from 'zod/mini';
import { listOf, nullable, number, numberOr, optional, text, timestamp } from './tolerant.ts';
import { videoListItemSchema } from './videos.ts';

/** Collection shapes (SDK document, "Collections"). */

export const collectionSchema = z.looseObject({
  collection_id: text,
  name: text,
  description: optional(text),
  /** The id of the owning user. */
  parent_id: optional(text),
  /** Always "user" at present. */
  parent_type: optional(text),
  created_at: timestamp,
  video_count: numberOr(0),
  /** Up to four signed thumbnail URLs. */
  thumbnails: optional(listOf(text)),
  /** Seconds of all its videos; sent by the embedded platform, as `changed_at`. */
  total_duration: optional(number),
  /** When a video was last added, or the collection made. */
  changed_at: optional(timestamp),
});
export type Collection = z.infer<typeof collectionSchema>;

/** The collection after an update; null where the platform answers with nothing, or with `{"message": …}`. */
export const updatedCollectionSchema = nullable(collectionSchema);

const pageShape = { page: number, page_size: number, total: number };

export const paginatedCollectionsSchema = z.looseObject({ data: listOf(collectionSchema), ...pageShape });
export type PaginatedCollections = z.infer<typeof paginatedCollectionsSchema>;

export const paginatedCollectionVideosSchema = z.looseObject({ data: listOf(videoListItemSchema), ...pageShape });
export type PaginatedCollectionVideos = z.infer<typeof paginatedCollectionVideosSchema>;
