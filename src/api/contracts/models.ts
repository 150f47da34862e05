import { z } from 'zod/mini';
import { boolean, listOf, nullable, number, text } from './tolerant.ts';

/** The models of the embedded platform, at `/local/models`, and the indexes that they make, at `/local/index`. */

/** What a model is for: to find by looks, to recognize what is said, or to read what is written. */
export const MODEL_ROLES = ['visual', 'speech', 'text'] as const;
const modelRoleSchema = z.enum(MODEL_ROLES);
export type ModelRole = z.infer<typeof modelRoleSchema>;

export const modelSchema = z.object({
  /** Owner and name on the model hub, or the name of a built-in one. */
  id: text,
  role: modelRoleSchema,
  name: text,
  license: text,
  note: text,
  /** Where it comes from; null for what is built in. */
  source: nullable(text),
  state: z.enum(['built_in', 'not_downloaded', 'waiting', 'downloading', 'ready', 'in_use', 'failed']),
  /** Whole size of what is to be downloaded, in bytes; null before the hub has told. */
  total_bytes: nullable(number),
  /** Bytes on the disk. */
  bytes: number,
  /** Why the last download failed, as a sentence. */
  error: nullable(text),
  /** What it is called when it is to be used: `model` of the index status, or of a request to `/local/models/speech`. */
  index_name: text,
});
export type Model = z.infer<typeof modelSchema>;

export const modelListSchema = z.object({
  models: listOf(modelSchema),
  /** Whether models that find what is seen can be changed here, and why not. */
  can_change: boolean,
  reason: nullable(text),
  speech: z.object({
    /** Whether models that recognize speech can be changed here. */
    can_change: boolean,
    /** A service recognizes speech (`TRANSCRIBE_BASE_URL`), whatever model is there. */
    has_service: boolean,
  }),
});
export type ModelList = z.infer<typeof modelListSchema>;

const nextIndexSchema = z.object({
  model: text,
  /** `previous` is the index of before a switch, which can be undone. */
  state: z.enum(['building', 'paused', 'ready', 'previous']),
  /** So many segments have vectors of it. */
  segments: number,
  /** Why it was paused, as a sentence; null when a person did. */
  error: nullable(text),
});

/** A hit of a search that is compared, best first. */
const comparedHitSchema = z.object({
  segment_id: text,
  video_id: text,
  start_ms: number,
  end_ms: number,
  text,
  score: number,
  thumbnail_url: nullable(text),
  /** What a person has said of it for this query. */
  is_right: nullable(boolean),
});
export type ComparedHit = z.infer<typeof comparedHitSchema>;

/** The same search with both indexes. */
export const comparisonSchema = z.object({
  query: text,
  serving: listOf(comparedHitSchema),
  next: listOf(comparedHitSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** Searches whose hits were marked, with how many. */
export const markedQueriesSchema = z.object({ queries: listOf(z.object({ query: text, marks: number })) });

export const indexStatusSchema = z.object({
  /** The model that is searched with. */
  model: text,
  /** Searchable segments. */
  segments: number,
  next: nullable(nextIndexSchema),
});
export type IndexStatus = z.infer<typeof indexStatusSchema>;

/** The model that is searched with, at `/local/index/model`: answered without counting segments. */
export const servingModelSchema = z.object({ model: text });
