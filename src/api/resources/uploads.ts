import type { CallOptions, Http } from '../http.ts';
import { BACKEND } from '../paths.ts';
import {
  completedMultipartSchema,
  listPartsSchema,
  multipartInitiateSchema,
  partUrlSchema,
  type UploadedPart,
  uploadJobSchema,
  uploadStatusSchema,
} from '../schemas/uploads.ts';
import type { UploadFileOptions } from '../upload/upload-file.ts';
import { YouTubeImportError } from '../youtube.ts';

const MULTIPART = `${BACKEND}/uploads/multipart`;

/** Storage credits for a file: 1 per 25 MiB, rounded up, at least 1. Mirrors the server's formula; no network. */
export function estimateUploadCredits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / (25 * 1024 * 1024)));
}

/** Which multipart upload is meant. */
export interface MultipartRef {
  readonly s3ObjectName: string;
  readonly uploadId: string;
}

const wireRef = (ref: MultipartRef) => ({ s3_object_name: ref.s3ObjectName, upload_id: ref.uploadId });

/** `client.uploads`: four ways in, preprocessing and its status. */
export function uploadsResource(http: Http) {
  const calls = {
    /** One request for a file of at most 100 MB; `PayloadTooLargeError` above that: use `uploadFile`. */
    direct(file: Blob, options: { name: string; filename?: string; useDynamicHls?: boolean }, call?: CallOptions) {
      const form = new FormData();
      form.set('name', options.name);
      form.set('use_dynamic_hls', String(options.useDynamicHls ?? false));
      form.set('file', file, options.filename ?? (file instanceof File ? file.name : 'file'));
      const spec = { method: 'POST' as const, path: `${BACKEND}/uploads/direct`, form };
      return http.json(uploadJobSchema, spec, { timeoutMs: 600_000, ...call });
    },

    /** The server fetches the video itself. A refusal is a `YouTubeImportError` with its short code. */
    async importYoutube(url: string, name?: string, call?: CallOptions) {
      try {
        const spec = { method: 'POST' as const, path: `${BACKEND}/uploads/youtube`, json: { url, name } };
        return await http.json(uploadJobSchema, spec, call);
      } catch (error) {
        throw YouTubeImportError.from(error);
      }
    },

    initiateMultipart(filename: string, contentType: string, call?: CallOptions) {
      const json = { filename, content_type: contentType };
      return http.json(multipartInitiateSchema, { method: 'POST', path: `${MULTIPART}/initiate`, json }, call);
    },

    /** A pre-signed URL that takes one raw `PUT` and answers with an `ETag` header. Part numbers start at 1. */
    getPartUrl(ref: MultipartRef, partNumber: number, call?: CallOptions) {
      const json = { ...wireRef(ref), part_number: partNumber };
      return http.json(partUrlSchema, { method: 'POST', path: `${MULTIPART}/part-url`, json, idempotent: true }, call);
    },

    listParts(ref: MultipartRef, call?: CallOptions) {
      return http.json(
        listPartsSchema,
        { method: 'POST', path: `${MULTIPART}/list-parts`, json: wireRef(ref), idempotent: true },
        call,
      );
    },

    completeMultipart(ref: MultipartRef, parts: readonly UploadedPart[], call?: CallOptions) {
      const json = { ...wireRef(ref), parts };
      return http.json(completedMultipartSchema, { method: 'POST', path: `${MULTIPART}/complete`, json }, call);
    },

    /** Drops the upload and every part of it. */
    abortMultipart(ref: MultipartRef, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'POST', path: `${MULTIPART}/abort`, json: wireRef(ref), idempotent: true }, call);
    },

    /** Starts thumbnails, transcoding and HLS over an uploaded object. */
    preprocess(
      upload: { s3ObjectName: string; videoId: string; name: string; useDynamicHls?: boolean },
      call?: CallOptions,
    ) {
      const json = {
        s3_object_name: upload.s3ObjectName,
        video_id: upload.videoId,
        name: upload.name,
        use_dynamic_hls: upload.useDynamicHls ?? false,
      };
      return http.json(uploadJobSchema, { method: 'POST', path: `${BACKEND}/uploads/preprocess`, json }, call);
    },

    /** Per-stage status; `derivedStatus()` rolls it into one word. */
    getStatus(videoId: string, call?: CallOptions) {
      const path = `${BACKEND}/uploads/status/${encodeURIComponent(videoId)}`;
      return http.json(uploadStatusSchema, { method: 'GET', path }, call);
    },
  };

  return {
    ...calls,
    /** The whole multipart flow in one call (recommended): see `uploadFile`, whose code comes with the first upload. */
    async uploadFile(file: Blob, options: UploadFileOptions) {
      const { uploadFile } = await import('../upload/upload-file.ts');
      return uploadFile(calls, file, options);
    },
  };
}

/** What the multipart flow is made of. */
export type UploadsResource = Pick<
  ReturnType<typeof uploadsResource>,
  'direct' | 'initiateMultipart' | 'getPartUrl' | 'listParts' | 'completeMultipart' | 'abortMultipart' | 'preprocess'
>;
