/** The entry of the package: everything of the API layer that runs in browsers and Node alike. */
export { formatTimecode, parseTimecode } from '../lib/time.ts';
export { type ChargeState, getChargeSentence, getChargeState } from './charge.ts';
export { type Client, createClient } from './client.ts';
export { Limiter } from './concurrency.ts';
export type * from './contracts/chat.ts';
export type * from './contracts/collections.ts';
export type * from './contracts/embeddings.ts';
export type * from './contracts/search.ts';
export type * from './contracts/uploads.ts';
export type * from './contracts/videos.ts';
export { VIDEO_STATUSES } from './contracts/videos.ts';
export * from './errors.ts';
export type { CallOptions, ClientOptions } from './http.ts';
export type { AskParams } from './resources/chat.ts';
export type { CollectionVideosParams, PageParams } from './resources/collections.ts';
export type { Scope } from './resources/search.ts';
export { estimateUploadCredits, type MultipartRef } from './resources/uploads.ts';
export type { Pipeline, VideoListParams, VideoPage } from './resources/videos.ts';
export { createIdempotencyKey, isTransient, type RetryWait } from './retry.ts';
export { readSegmentTimes, type SegmentTimes } from './segment-fields.ts';
export { segmentRowId } from './segment-id.ts';
export * from './status.ts';
export { guessContentType, VIDEO_EXTENSIONS } from './upload/filename.ts';
export type { SendOptions, SendPart } from './upload/send-part.ts';
export type { PartCounts } from './upload/send-parts.ts';
export { UploadControl } from './upload/upload-control.ts';
export { DifferentFileError, PreprocessError, UnreadableFileError } from './upload/upload-errors.ts';
export type { UploadFileOptions } from './upload/upload-file.ts';
export { choosePartSize, DEFAULT_PART_SIZE, type UploadSession, uploadSessionSchema } from './upload/upload-session.ts';
export {
  type BulkUploadOptions,
  type BulkUploadReport,
  type BulkUploadResult,
  bulkUpload,
  getOrCreateCollection,
  type NamedFile,
} from './workflows/collections.ts';
export { Conversation } from './workflows/conversation.ts';
export { hitToPlayable, playableHit, pointsByVideo } from './workflows/playback.ts';
export { type BackfillOptions, backfillPipelines, listAllVideos } from './workflows/videos.ts';
export * from './workflows/wait-until-ready.ts';
export { YOUTUBE_FATAL_CODES, YouTubeImportError } from './youtube.ts';
