import { z } from 'zod/mini';
import { chatMessageSchema } from './chat.ts';
import { idSchema } from './ids.ts';
import { SEARCH_OPTIONS } from './search.ts';
import { VIDEO_STATUSES } from './videos.ts';

/**
 * Request bodies, paths and queries as a platform validates them. The client does not use these: it sends what it is given
 * and reports what the platform answers, so they stay out of browser bundles. Messages complete a sentence that starts with
 * the field's name: "top_k must be between 1 and 500."
 */

/** Both limits in one message, whichever of them was broken. */
function between(min: number, max: number) {
  const error = `must be between ${min} and ${max}`;
  return [z.gte(min, error), z.lte(max, error)] as const;
}

/** Postgres stores every character but NUL. */
const storableTextSchema = z
  .string()
  .check(z.refine((text) => !text.includes('\u0000'), 'must not contain a NUL character'));

const nameSchema = storableTextSchema.check(z.trim(), z.minLength(1), z.maxLength(255));

export const videoIdSchema = z.object({ video_id: idSchema });

// Uploads

/** S3's limit on the parts of one upload. */
export const MAX_PARTS = 10_000;

const partNumberSchema = z.int().check(...between(1, MAX_PARTS));

export const initiateMultipartRequestSchema = z.object({
  filename: storableTextSchema.check(z.minLength(1), z.maxLength(1024)),
  content_type: storableTextSchema.check(z.minLength(1), z.maxLength(255)),
});

/** Names one multipart upload in progress. */
export const multipartRefSchema = z.object({
  s3_object_name: z.string().check(z.minLength(1), z.maxLength(2048)),
  upload_id: z.string().check(z.minLength(1), z.maxLength(1024)),
});

export const partUrlRequestSchema = z.extend(multipartRefSchema, { part_number: partNumberSchema });

export const completeMultipartRequestSchema = z.extend(multipartRefSchema, {
  parts: z
    .array(
      z.object({
        part_number: partNumberSchema,
        etag: z.string().check(z.minLength(1), z.maxLength(255)),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_PARTS)),
});

export const preprocessRequestSchema = z.object({
  s3_object_name: z.string().check(z.minLength(1), z.maxLength(2048)),
  video_id: idSchema,
  name: nameSchema,
  use_dynamic_hls: z._default(z.boolean(), false),
});

/** The text fields of a direct upload's form. */
export const directUploadFieldsSchema = z.object({
  name: nameSchema,
  use_dynamic_hls: z._default(z.stringbool(), false),
});

export const youtubeRequestSchema = z.object({
  url: z.string().check(z.minLength(1), z.maxLength(2048)),
  name: z.nullish(nameSchema),
});

// Videos

/** A parameter that is there but empty (`?status=`) counts as left out. */
const blankAsAbsent = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z.pipe(
    z.transform((value: unknown) => (value === '' ? undefined : value)),
    schema,
  );

/** Years that every part of the platform can hold. */
const YEARS = 'must be a date between the years 1 and 9999';
const dateSchema = z.coerce
  .date(YEARS)
  .check(z.gte(new Date('0001-01-01T00:00:00Z'), YEARS), z.lte(new Date('9999-12-31T23:59:59.999Z'), YEARS));

const sortShape = {
  sort_by: z._default(z.enum(['created_at', 'name']), 'created_at'),
  sort_order: z._default(z.enum(['asc', 'desc']), 'desc'),
};

export const videoListQuerySchema = z.object({
  status: blankAsAbsent(z.optional(z.enum(VIDEO_STATUSES))),
  start_time: blankAsAbsent(z.optional(dateSchema)),
  end_time: blankAsAbsent(z.optional(dateSchema)),
  not_in_collection: blankAsAbsent(z.optional(idSchema)),
  skip: z._default(z.coerce.number().check(z.int(), z.gte(0)), 0),
  limit: z._default(z.coerce.number().check(z.int(), ...between(1, 500)), 50),
  ...sortShape,
  /** `duration` and `recorded_at` are the embedded platform's own. */
  sort_by: z._default(z.enum(['created_at', 'name', 'duration', 'recorded_at']), 'created_at'),
});

// Collections

const descriptionSchema = z.nullish(storableTextSchema.check(z.maxLength(10_000)));

export const createCollectionRequestSchema = z.object({ name: nameSchema, description: descriptionSchema });
export const updateCollectionRequestSchema = z.object({ name: z.optional(nameSchema), description: descriptionSchema });

export const pageQuerySchema = z.object({
  page: z._default(z.coerce.number().check(z.int(), z.gte(1)), 1),
  page_size: z._default(z.coerce.number().check(z.int(), ...between(1, 500)), 10),
});

export const collectionVideosQuerySchema = z.extend(pageQuerySchema, sortShape);

// Chat, search, embeddings

const questionShape = {
  question: z.string().check(z.trim(), z.minLength(1), z.maxLength(4096)),
  top_k: z.nullish(z.int().check(...between(1, 100))),
  history: z.nullish(z.array(chatMessageSchema).check(z.maxLength(200))),
  stream: z.nullish(z.boolean()),
};

export const askRequestSchema = z.object({ ...questionShape, video_id: idSchema });

/** The union of `video_ids` and `collection_id` is searched; at least one must be given. */
const scopeShape = {
  video_ids: z.nullish(z.array(idSchema).check(z.maxLength(10_000))),
  collection_id: z.nullish(idSchema),
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

const isoDateSchema = z.string().check(
  z.maxLength(40),
  z.refine((text) => dateSchema.safeParse(text).success, YEARS),
);

/**
 * Which videos of a scope are searched; all that is set has to be met, and what is not known of a video meets nothing. Dates are
 * ISO 8601, both ends included.
 */
const filtersSchema = z
  .object({
    /** When the video was uploaded. */
    added_from: z.nullish(isoDateSchema),
    added_until: z.nullish(isoDateSchema),
    /** When it was recorded, as its file says. */
    recorded_from: z.nullish(isoDateSchema),
    recorded_until: z.nullish(isoDateSchema),
    /** Of the whole video. */
    min_seconds: z.nullish(z.number().check(z.gte(0))),
    max_seconds: z.nullish(z.number().check(z.gte(0))),
    /** Whether anything is said in it, as its transcript has it. */
    has_speech: z.nullish(z.boolean()),
  })
  .check(
    z.refine(
      ({ min_seconds: min, max_seconds: max }) => (min ?? 0) <= (max ?? Number.POSITIVE_INFINITY),
      'must not have a min_seconds above its max_seconds',
    ),
  );
export type SearchFilters = z.infer<typeof filtersSchema>;

/** The most that a search leaves out. */
export const MAX_EXCLUSIONS = 5;

/** What hits are not to be like: words, or a segment by its id. */
const exclusionSchema = z
  .object({
    query: z.nullish(z.string().check(z.trim(), z.minLength(1), z.maxLength(4096))),
    segment_id: z.nullish(idSchema),
  })
  .check(
    z.refine(
      ({ query, segment_id }) => Boolean(query) !== Boolean(segment_id),
      'must have exactly one of query and segment_id',
    ),
  );
export type Exclusion = z.infer<typeof exclusionSchema>;

/** Extensions of the embedded platform: a hosted one ignores them. */
const refinementShape = {
  filters: z.nullish(filtersSchema),
  exclude: z.nullish(z.array(exclusionSchema).check(z.maxLength(MAX_EXCLUSIONS))),
};

/** About 2 MB of bytes. */
const MAX_PICTURE_CHARACTERS = 3_000_000;

const NO_SCOPE = 'At least one of video_ids and collection_id is required.';

/** `POST /local/chat/ask` of the embedded platform: a question about several videos. */
export const askAcrossRequestSchema = z.object({ ...questionShape, ...scopeShape }).check(z.refine(isScoped, NO_SCOPE));

export const searchRequestSchema = z
  .object({
    query: z.string().check(z.trim(), z.minLength(1), z.maxLength(4096)),
    top_k: z._default(z.int().check(...between(1, 500)), 5),
    /** What is looked through; everything when absent. An extension of the embedded platform: a hosted one ignores it. */
    search_options: z.nullish(z.array(z.enum(SEARCH_OPTIONS)).check(z.minLength(1))),
    ...refinementShape,
    ...scopeShape,
  })
  .check(z.refine(isScoped, NO_SCOPE));

const savedNameSchema = storableTextSchema.check(z.trim(), z.minLength(1), z.maxLength(100));

/** A scope that is saved: as it is sent, but for several collections. */
const savedScopeShape = {
  video_ids: scopeShape.video_ids,
  collection_ids: z.nullish(z.array(idSchema).check(z.maxLength(100))),
  all_videos: scopeShape.all_videos,
};
const isSavedScope = ({ collection_ids, ...scope }: WireScope & { collection_ids?: readonly string[] | null }) =>
  isScoped(scope) || (collection_ids?.length ?? 0) > 0;
const NO_SAVED_SCOPE = 'must have at least one of video_ids, collection_ids and all_videos';

/** A search that is saved: as it is sent, but for several collections, and no picture. */
const savedSearchSchema = z
  .object({
    query: z.nullish(storableTextSchema.check(z.trim(), z.minLength(1), z.maxLength(4096))),
    search_options: z.nullish(z.array(z.enum(SEARCH_OPTIONS)).check(z.minLength(1))),
    /** What it is to look like. */
    segment_id: z.nullish(idSchema),
    ...refinementShape,
    /** The similarity that results need to be listed. */
    min_score: z.nullish(z.number().check(...between(0, 1))),
    ...savedScopeShape,
  })
  .check(
    z.refine(({ query, segment_id }) => Boolean(query) || Boolean(segment_id), 'must have a query or a segment_id'),
    z.refine(isSavedScope, NO_SAVED_SCOPE),
  );
export type SavedSearch = z.infer<typeof savedSearchSchema>;

/** `/local/searches` of the embedded platform. */
export const saveSearchRequestSchema = z.object({ name: savedNameSchema, search: savedSearchSchema });

/** A part of the map of some videos: shapes as the map's URL has them (`sel`). */
const savedRegionSchema = z
  .object({
    shapes: z.string().check(z.maxLength(20_000), z.regex(/^(?:[*+-](?:[\da-z]{8}){3,})+$/, 'is not valid')),
    ...savedScopeShape,
  })
  .check(z.refine(isSavedScope, NO_SAVED_SCOPE));
export type SavedRegion = z.infer<typeof savedRegionSchema>;

/** `/local/regions` of the embedded platform. */
export const saveRegionRequestSchema = z.object({ name: savedNameSchema, region: savedRegionSchema });

/** Renames a saved search or region, or says that it was opened just now. */
export const updateSavedRequestSchema = z
  .object({ name: z.optional(savedNameSchema), is_seen: z.optional(z.literal(true)) })
  .check(
    z.refine(
      ({ name, is_seen }) => name !== undefined || is_seen !== undefined,
      'At least one of name and is_seen is required.',
    ),
  );

/** `POST /local/search/similar` of the embedded platform: exactly one of a segment and a picture. */
export const similarRequestSchema = z
  .object({
    segment_id: z.nullish(idSchema),
    /** A JPEG, PNG, WebP or GIF file in base64. */
    picture: z.nullish(z.base64().check(z.minLength(1), z.maxLength(MAX_PICTURE_CHARACTERS))),
    /** What it should also be like. */
    query: z.nullish(z.string().check(z.trim(), z.maxLength(4096))),
    top_k: z._default(z.int().check(...between(1, 500)), 5),
    ...refinementShape,
    ...scopeShape,
  })
  .check(
    z.refine(isScoped, NO_SCOPE),
    z.refine(
      ({ segment_id, picture }) => Boolean(segment_id) !== Boolean(picture),
      'Exactly one of segment_id and picture is required.',
    ),
  );

/** Also of `POST /local/words` of the embedded platform. */
export const visualizeRequestSchema = z.object(scopeShape).check(z.refine(isScoped, NO_SCOPE));

export const textEmbeddingRequestSchema = z.object({ text: z.string().check(z.minLength(1), z.maxLength(4096)) });
