import { z } from 'zod';
import { keptTextSchema } from './text.ts';

/** Upload shapes (SDK document, "Models"). Responses are loose: fields the server adds later are kept. */

export const uploadJobSchema = z.looseObject({ video_id: z.string() });
export type UploadJob = z.infer<typeof uploadJobSchema>;

export const taskStatusSchema = z.looseObject({
  status: z.string(),
  percentage: z.number().default(0),
  error: z.string().nullish(),
  /** ISO 8601; sent by the embedded platform. */
  started_at: z.string().nullish(),
  ended_at: z.string().nullish(),
});
export type TaskStatus = z.infer<typeof taskStatusSchema>;

export const uploadStatusSchema = z.looseObject({
  video_id: z.string(),
  thumbnail_generation_status: taskStatusSchema.nullish(),
  transcoding_status: taskStatusSchema.nullish(),
  hls_generation_status: taskStatusSchema.nullish(),
  error_message: z.string().nullish(),
});
export type UploadStatus = z.infer<typeof uploadStatusSchema>;

export const initiateMultipartRequestSchema = z.object({
  filename: keptTextSchema.min(1).max(1024),
  content_type: keptTextSchema.min(1).max(255),
});

export const multipartInitiateSchema = z.looseObject({
  upload_id: z.string(),
  s3_object_name: z.string(),
  video_id: z.string(),
});
export type MultipartInitiate = z.infer<typeof multipartInitiateSchema>;

/** Names one multipart upload in progress. */
export const multipartRefSchema = z.object({
  s3_object_name: z.string().min(1).max(2048),
  upload_id: z.string().min(1).max(1024),
});

/** S3's own limit on the parts of one upload. */
export const MAX_PARTS = 10_000;

const partNumberSchema = z.number().int().min(1).max(MAX_PARTS);

export const partUrlRequestSchema = multipartRefSchema.extend({ part_number: partNumberSchema });

export const partUrlSchema = z.looseObject({ url: z.string(), part_number: z.number() });
export type PartUrl = z.infer<typeof partUrlSchema>;

export const uploadedPartSchema = z.object({ part_number: partNumberSchema, etag: z.string().min(1).max(255) });
export type UploadedPart = z.infer<typeof uploadedPartSchema>;

/** A bare array, or wrapped in `parts`. */
export const listPartsSchema = z.union([
  z.array(z.looseObject(uploadedPartSchema.shape)),
  z.looseObject({ parts: z.array(z.looseObject(uploadedPartSchema.shape)) }).transform((body) => body.parts),
]);

export const completeMultipartRequestSchema = multipartRefSchema.extend({
  parts: z.array(uploadedPartSchema).min(1).max(MAX_PARTS),
});

export const completedMultipartSchema = z.looseObject({
  s3_object_name: z.string(),
  upload_id: z.string(),
  etag: z.string(),
});
export type CompletedMultipart = z.infer<typeof completedMultipartSchema>;

export const preprocessRequestSchema = z.object({
  s3_object_name: z.string().min(1).max(2048),
  video_id: z.uuid(),
  name: keptTextSchema.trim().min(1).max(255),
  use_dynamic_hls: z.boolean().default(false),
});

const videoNameSchema = preprocessRequestSchema.shape.name;

/** The text fields of a direct upload's form. */
export const directUploadFieldsSchema = z.object({
  name: videoNameSchema,
  use_dynamic_hls: z.stringbool().default(false),
});

export const youtubeRequestSchema = z.object({ url: z.string().min(1).max(2048), name: videoNameSchema.nullish() });
