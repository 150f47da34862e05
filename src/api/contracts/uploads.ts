import { z } from 'zod/mini';
import { listOf, number, numberOr, optional, positiveInteger, text, timestamp } from './tolerant.ts';

/** Upload shapes (SDK document, "Models"). Fields that the server adds later are kept. */

export const uploadJobSchema = z.looseObject({ video_id: text });
export type UploadJob = z.infer<typeof uploadJobSchema>;

const taskStatusSchema = z.looseObject({
  /** "pending", "in_progress", "completed" or "failed"; compare with `isDone`, `isFailed` and `isTerminal`. */
  status: text,
  percentage: numberOr(0),
  error: optional(text),
  /** ISO 8601, as `ended_at`; sent by the embedded platform. */
  started_at: optional(timestamp),
  ended_at: optional(timestamp),
});

export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** A status word alone stands for the whole: without it, a wait for the end of the task would never end. */
const taskStatus = optional(taskStatusSchema, (value) => (typeof value === 'string' ? { status: value } : value));

export const uploadStatusSchema = z.looseObject({
  video_id: text,
  thumbnail_generation_status: taskStatus,
  transcoding_status: taskStatus,
  hls_generation_status: taskStatus,
  error_message: optional(text),
});
export type UploadStatus = z.infer<typeof uploadStatusSchema>;

export const multipartInitiateSchema = z.looseObject({ upload_id: text, s3_object_name: text, video_id: text });
export type MultipartInitiate = z.infer<typeof multipartInitiateSchema>;

export const partUrlSchema = z.looseObject({ url: text, part_number: number });
export type PartUrl = z.infer<typeof partUrlSchema>;

export const uploadedPartSchema = z.looseObject({ part_number: positiveInteger, etag: text });
export type UploadedPart = z.infer<typeof uploadedPartSchema>;

export const listPartsSchema = listOf(uploadedPartSchema, 'parts');

export const completedMultipartSchema = z.looseObject({ s3_object_name: text, upload_id: text, etag: text });
export type CompletedMultipart = z.infer<typeof completedMultipartSchema>;
