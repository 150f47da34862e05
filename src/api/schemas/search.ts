import { z } from 'zod/mini';

/** Search and visualization shapes (SDK document, "Search"). Times stay the API's strings; `parseTimecode` reads them. */

/** The union of `video_ids` and `collection_id` is searched; at least one must be given. */
const scopeShape = {
  video_ids: z.nullish(z.array(z.uuid()).check(z.maxLength(10_000))),
  collection_id: z.nullish(z.uuid()),
  /** Every searchable video of the caller. An extension of the embedded platform: a hosted one ignores it. */
  all_videos: z.nullish(z.boolean()),
};

interface WireScope {
  video_ids?: readonly string[] | null;
  collection_id?: string | null;
  all_videos?: boolean | null;
}

const isScoped = (scope: WireScope) =>
  (scope.video_ids?.length ?? 0) > 0 || Boolean(scope.collection_id) || scope.all_videos === true;

const NO_SCOPE = { message: 'Name at least one of video_ids or collection_id.' };

export const searchRequestSchema = z
  .object({
    query: z.string().check(z.trim(), z.minLength(1), z.maxLength(4096)),
    top_k: z._default(z.int().check(z.gte(1), z.lte(500)), 5),
    ...scopeShape,
  })
  .check(z.refine(isScoped, NO_SCOPE));

export const visualizeRequestSchema = z.object(scopeShape).check(z.refine(isScoped, NO_SCOPE));

export const searchHitSchema = z.looseObject({
  rank: z.number(),
  start: z.string(),
  end: z.string(),
  video_id: z.string(),
  thumbnail_url: z.nullish(z.string()),
  hls_playlist_url: z.nullish(z.string()),
  video_url: z.nullish(z.string()),
  /** Cosine similarity, where the platform tells it (the embedded one does). */
  score: z.nullish(z.number()),
  /** Whether that is near enough to have been meant, where the platform tells it. */
  close: z.nullish(z.boolean()),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** A bare array, or wrapped in `results` or `hits`. */
export const searchHitsSchema = z.union([
  z.array(searchHitSchema),
  z.pipe(
    z.looseObject({ results: z.array(searchHitSchema) }),
    z.transform((body) => body.results),
  ),
  z.pipe(
    z.looseObject({ hits: z.array(searchHitSchema) }),
    z.transform((body) => body.hits),
  ),
]);

export const visualizationPointSchema = z.looseObject({
  segment_id: z.string(),
  video_id: z.string(),
  x: z.number(),
  y: z.number(),
  start: z.string(),
  end: z.string(),
  thumbnail_url: z.nullish(z.string()),
});
export type VisualizationPoint = z.infer<typeof visualizationPointSchema>;

export const visualizationVideoSchema = z.looseObject({
  video_id: z.string(),
  color: z.nullish(z.string()),
  hls_playlist_url: z.nullish(z.string()),
  video_url: z.nullish(z.string()),
});

export const visualizationSchema = z.looseObject({
  videos: z.record(z.string(), visualizationVideoSchema),
  points: z.array(visualizationPointSchema),
});
export type Visualization = z.infer<typeof visualizationSchema>;
