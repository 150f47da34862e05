import { z } from 'zod/mini';
import { keptTextSchema } from './text.ts';

/** Upload shapes (SDK document, "Models"). Responses are loose: fields the server adds later are kept. */

export const uploadJobSchema = z.looseObject({ video_id: z.string() });
export type UploadJob = z.infer<typeof uploadJobSchema>;

export const taskStatusSchema = z.looseObject({
  status: z.string(),
  percentage: z._default(z.number(), 0),
  error: z.nullish(z.string()),
  /** ISO 8601; sent by the embedded platform. */
  started_at: z.nullish(z.string()),
  ended_at: z.nullish(z.string()),
});
export type TaskStatus = z.infer<typeof taskStatusSchema>;

export const uploadStatusSchema = z.looseObject({
  video_id: z.string(),
  thumbnail_generation_status: z.nullish(taskStatusSchema),
  transcoding_status: z.nullish(taskStatusSchema),
  hls_generation_status: z.nullish(taskStatusSchema),
  error_message: z.nullish(z.string()),
});
export type UploadStatus = z.infer<typeof uploadStatusSchema>;

export const initiateMultipartRequestSchema = z.object({
  filename: keptTextSchema.check(z.minLength(1), z.maxLength(1024)),
  content_type: keptTextSchema.check(z.minLength(1), z.maxLength(255)),
});

export const multipartInitiateSchema = z.looseObject({
  upload_id: z.string(),
  s3_object_name: z.string(),
  video_id: z.string(),
});
export type MultipartInitiate = z.infer<typeof multipartInitiateSchema>;

/** Names one multipart upload in progress. */
export const multipartRefSchema = z.object({
  s3_object_name: z.string().check(z.minLength(1), z.maxLength(2048)),
  upload_id: z.string().check(z.minLength(1), z.maxLength(1024)),
});

/** S3's own limit on the parts of one upload. */
export const MAX_PARTS = 10_000;

const partNumberSchema = z.int().check(z.gte(1), z.lte(MAX_PARTS));

export const partUrlRequestSchema = z.extend(multipartRefSchema, { part_number: partNumberSchema });

export const partUrlSchema = z.looseObject({ url: z.string(), part_number: z.number() });
export type PartUrl = z.infer<typeof partUrlSchema>;

export const uploadedPartSchema = z.object({
  part_number: partNumberSchema,
  etag: z.string().check(z.minLength(1), z.maxLength(255)),
});
export type UploadedPart = z.infer<typeof uploadedPartSchema>;

/** A bare array, or wrapped in `parts`. */
export const listPartsSchema = z.union([
  z.array(z.looseObject(uploadedPartSchema.shape)),
  z.pipe(
    z.looseObject({ parts: z.array(z.looseObject(uploadedPartSchema.shape)) }),
    z.transform((body) => body.parts),
  ),
]);

export const completeMultipartRequestSchema = z.extend(multipartRefSchema, {
  parts: z.array(uploadedPartSchema).check(z.minLength(1), z.maxLength(MAX_PARTS)),
});

export const completedMultipartSchema = z.looseObject({
  s3_object_name: z.string(),
  upload_id: z.string(),
  etag: z.string(),
});
export type CompletedMultipart = z.infer<typeof completedMultipartSchema>;

export const preprocessRequestSchema = z.object({
  s3_object_name: z.string().check(z.minLength(1), z.maxLength(2048)),
  video_id: z.uuid(),
  name: keptTextSchema.check(z.trim(), z.minLength(1), z.maxLength(255)),
  use_dynamic_hls: z._default(z.boolean(), false),
});

const videoNameSchema = preprocessRequestSchema.shape.name;

/** The text fields of a direct upload's form. */
export const directUploadFieldsSchema = z.object({
  name: videoNameSchema,
  use_dynamic_hls: z._default(z.stringbool(), false),
});

export const youtubeRequestSchema = z.object({
  url: z.string().check(z.minLength(1), z.maxLength(2048)),
  name: z.nullish(videoNameSchema),
});
