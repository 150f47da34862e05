import { z } from 'zod/mini';
import { SEARCH_OPTIONS } from './search.ts';
import { boolean, listOf, number, optional, text, timestamp } from './tolerant.ts';

/** `/local/searches` and `/local/regions` of the embedded platform: what was saved, with what is new since it was last opened. */

const filtersSchema = z.looseObject({
  added_from: optional(text),
  added_until: optional(text),
  recorded_from: optional(text),
  recorded_until: optional(text),
  min_seconds: optional(number),
  max_seconds: optional(number),
  has_speech: optional(boolean),
});

export const savedSearchItemSchema = z.looseObject({
  saved_search_id: text,
  name: text,
  search: z.looseObject({
    query: optional(text),
    search_options: optional(z.array(z.enum(SEARCH_OPTIONS))),
    segment_id: optional(text),
    filters: optional(filtersSchema),
    exclude: optional(z.array(z.looseObject({ query: optional(text), segment_id: optional(text) }))),
    min_score: optional(number),
    video_ids: optional(z.array(text)),
    collection_ids: optional(z.array(text)),
    all_videos: optional(boolean),
  }),
  created_at: timestamp,
  /** Hits in videos that became searchable after it was last opened. */
  new_hits: number,
});
export type SavedSearchItem = z.infer<typeof savedSearchItemSchema>;

export const savedSearchesSchema = listOf(savedSearchItemSchema, 'searches');

export const savedRegionItemSchema = z.looseObject({
  saved_region_id: text,
  name: text,
  region: z.looseObject({
    /** As the map's URL has them (`sel`). */
    shapes: text,
    video_ids: optional(z.array(text)),
    collection_ids: optional(z.array(text)),
    all_videos: optional(boolean),
  }),
  created_at: timestamp,
  /** Videos that became searchable after it was last opened: their points in the region are new. */
  new_video_ids: listOf(text),
});
export type SavedRegionItem = z.infer<typeof savedRegionItemSchema>;

export const savedRegionsSchema = listOf(savedRegionItemSchema, 'regions');
