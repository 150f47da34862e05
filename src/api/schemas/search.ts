import { z } from 'zod';

/** Search and visualization shapes (SDK document, "Search"). Times stay the API's strings; `parseTimecode` reads them. */

/** The union of both is searched; at least one must be named. */
const scopeShape = {
  video_ids: z.array(z.uuid()).max(10_000).nullish(),
  collection_id: z.uuid().nullish(),
};

const named = (scope: { video_ids?: readonly string[] | null; collection_id?: string | null }) =>
  (scope.video_ids?.length ?? 0) > 0 || Boolean(scope.collection_id);

const NO_SCOPE = { message: 'Name at least one of video_ids or collection_id.' };

export const searchRequestSchema = z
  .object({
    query: z.string().trim().min(1).max(4096),
    top_k: z.number().int().min(1).max(500).default(5),
    ...scopeShape,
  })
  .refine(named, NO_SCOPE);

export const visualizeRequestSchema = z.object(scopeShape).refine(named, NO_SCOPE);

export const searchHitSchema = z.looseObject({
  rank: z.number(),
  start: z.string(),
  end: z.string(),
  video_id: z.string(),
  thumbnail_url: z.string().nullish(),
  hls_playlist_url: z.string().nullish(),
  video_url: z.string().nullish(),
  /** Cosine similarity, where the platform tells it (the embedded one does). */
  score: z.number().nullish(),
  /** Whether that is near enough to have been meant, where the platform tells it. */
  close: z.boolean().nullish(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** A bare array, or wrapped in `results` or `hits`. */
export const searchHitsSchema = z.union([
  z.array(searchHitSchema),
  z.looseObject({ results: z.array(searchHitSchema) }).transform((body) => body.results),
  z.looseObject({ hits: z.array(searchHitSchema) }).transform((body) => body.hits),
]);

export const visualizationPointSchema = z.looseObject({
  segment_id: z.string(),
  video_id: z.string(),
  x: z.number(),
  y: z.number(),
  start: z.string(),
  end: z.string(),
  thumbnail_url: z.string().nullish(),
});
export type VisualizationPoint = z.infer<typeof visualizationPointSchema>;

export const visualizationVideoSchema = z.looseObject({
  video_id: z.string(),
  color: z.string().nullish(),
  hls_playlist_url: z.string().nullish(),
  video_url: z.string().nullish(),
});

export const visualizationSchema = z.looseObject({
  videos: z.record(z.string(), visualizationVideoSchema),
  points: z.array(visualizationPointSchema),
});
export type Visualization = z.infer<typeof visualizationSchema>;
