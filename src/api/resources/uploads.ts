import {
  type CompletedMultipart,
  completedMultipartSchema,
  listPartsSchema,
  type MultipartInitiate,
  multipartInitiateSchema,
  type PartUrl,
  partUrlSchema,
  type UploadedPart,
  type UploadJob,
  type UploadStatus,
  uploadJobSchema,
  uploadStatusSchema,
} from '../contracts/uploads.ts';
import type { CallOptions, Http } from '../http.ts';
import { BACKEND } from '../paths.ts';
import { getFilename } from '../upload/filename.ts';
import type { UploadFileOptions } from '../upload/upload-file.ts';
import { YouTubeImportError } from '../youtube.ts';

const MULTIPART = `${BACKEND}/uploads/multipart`;
/** A file in one request, or the joining of all parts of a large one. */
const TRANSFER_TIMEOUT_MS = 600_000;

/** Storage credits for a file of so many bytes: 1 per 25 MiB, rounded up, at least 1. The server's formula; no network. */
export function estimateUploadCredits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / (25 * 1024 * 1024)));
}

/** Names a multipart upload. */
export interface MultipartRef {
  readonly s3ObjectName: string;
  readonly uploadId: string;
}

const toBody = (ref: MultipartRef) => ({ s3_object_name: ref.s3ObjectName, upload_id: ref.uploadId });

/** `client.uploads`: four ways in, preprocessing and its status. */
export function uploadsResource(http: Http) {
  const calls = {
    /**
     * Uploads a file of at most 100 MB in one request; above that it throws `PayloadTooLargeError`: use `uploadFile`. A `Blob`
     * without a name is sent under `filename`, or `name`.
     */
    direct(
      file: Blob,
      options: { name: string; filename?: string; useDynamicHls?: boolean },
      call?: CallOptions,
    ): Promise<UploadJob> {
      const form = new FormData();
      form.set('name', options.name);
      form.set('use_dynamic_hls', String(options.useDynamicHls ?? false));
      form.set('file', file, getFilename(file, options));
      const path = `${BACKEND}/uploads/direct`;
      return http.json(uploadJobSchema, { method: 'POST', path, form, defaultTimeoutMs: TRANSFER_TIMEOUT_MS }, call);
    },

    /** Has the server fetch a video from YouTube. Throws `YouTubeImportError`, with a short code, when that is refused. */
    async importYoutube(url: string, name?: string, call?: CallOptions): Promise<UploadJob> {
      // Links copied from old pages: YouTube itself answers them with a redirect to https.
      const json = { url: url.trim().replace(/^http:\/\//i, 'https://'), name };
      try {
        return await http.json(uploadJobSchema, { method: 'POST', path: `${BACKEND}/uploads/youtube`, json }, call);
      } catch (error) {
        throw YouTubeImportError.from(error);
      }
    },

    /** Starts a multipart upload. What it returns names it in all calls that follow. */
    initiateMultipart(filename: string, contentType: string, call?: CallOptions): Promise<MultipartInitiate> {
      const json = { filename, content_type: contentType };
      return http.json(multipartInitiateSchema, { method: 'POST', path: `${MULTIPART}/initiate`, json }, call);
    },

    /** A pre-signed URL that takes one raw `PUT` and answers with an `ETag` header. Part numbers start at 1. */
    getPartUrl(ref: MultipartRef, partNumber: number, call?: CallOptions): Promise<PartUrl> {
      const json = { ...toBody(ref), part_number: partNumber };
      return http.json(
        partUrlSchema,
        { method: 'POST', path: `${MULTIPART}/part-url`, json, isIdempotent: true },
        call,
      );
    },

    /** The parts that have arrived. Throws `NotFoundError` when the upload has been completed, aborted, or has expired. */
    listParts(ref: MultipartRef, call?: CallOptions): Promise<UploadedPart[]> {
      return http.json(
        listPartsSchema,
        { method: 'POST', path: `${MULTIPART}/list-parts`, json: toBody(ref), isIdempotent: true },
        call,
      );
    },

    /** Joins the parts, with the ETags that their `PUT`s were answered with, in the order of their numbers. */
    completeMultipart(
      ref: MultipartRef,
      parts: readonly UploadedPart[],
      call?: CallOptions,
    ): Promise<CompletedMultipart> {
      const json = { ...toBody(ref), parts: parts.map(({ part_number, etag }) => ({ part_number, etag })) };
      return http.json(
        completedMultipartSchema,
        { method: 'POST', path: `${MULTIPART}/complete`, json, defaultTimeoutMs: TRANSFER_TIMEOUT_MS },
        call,
      );
    },

    /** Drops the upload and every part of it. Works on a closed client, too, so that nothing is left behind. */
    abortMultipart(ref: MultipartRef, call?: CallOptions): Promise<void> {
      return http.empty(
        { method: 'POST', path: `${MULTIPART}/abort`, json: toBody(ref), isIdempotent: true, isCleanup: true },
        call,
      );
    },

    /** Starts thumbnails, transcoding and HLS over an uploaded object. */
    preprocess(
      upload: { s3ObjectName: string; videoId: string; name: string; useDynamicHls?: boolean },
      call?: CallOptions,
    ): Promise<UploadJob> {
      const json = {
        s3_object_name: upload.s3ObjectName,
        video_id: upload.videoId,
        name: upload.name,
        use_dynamic_hls: upload.useDynamicHls ?? false,
      };
      return http.json(uploadJobSchema, { method: 'POST', path: `${BACKEND}/uploads/preprocess`, json }, call);
    },

    /** The status of each stage; `derivedStatus()` rolls them into one word. */
    getStatus(videoId: string, call?: CallOptions): Promise<UploadStatus> {
      const path = `${BACKEND}/uploads/status/${encodeURIComponent(videoId)}`;
      return http.json(uploadStatusSchema, { method: 'GET', path }, call);
    },
  };

  return {
    ...calls,

    /**
     * Uploads a file of any size in parts, several at a time, and starts its processing (recommended). Parts that fail are sent
     * again. Resolves when the file is uploaded; `waitUntilReady` waits for the rest. On a failure before the parts are joined
     * the upload is aborted, unless `onSession` keeps it for later. Throws `PreprocessError` when only the processing could not
     * be started.
     */
    uploadFile(file: Blob, options: UploadFileOptions): Promise<UploadJob> {
      return http.run(options.signal, async (signal) => {
        // The code comes with the first upload.
        const [{ uploadFile }, { createFetchSender }] = await Promise.all([
          import('../upload/upload-file.ts'),
          import('../upload/send-part.ts'),
        ]);
        const ownSender = http.injectedFetch && createFetchSender(http.injectedFetch);
        return uploadFile(calls, file, { ...options, signal, sendPart: options.sendPart ?? ownSender });
      });
    },

    /** True when the client has a `fetch` of its own, which sends the parts of uploads, too. */
    hasOwnFetch: http.injectedFetch !== undefined,
  };
}

/** What the multipart flow is made of. */
export type UploadsResource = Pick<
  ReturnType<typeof uploadsResource>,
  'direct' | 'initiateMultipart' | 'getPartUrl' | 'listParts' | 'completeMultipart' | 'abortMultipart' | 'preprocess'
>;
