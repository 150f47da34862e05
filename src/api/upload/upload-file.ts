import { AbortedError, APIError, VideoSDKError } from '../errors.ts';
import { backoffMs, delay } from '../http.ts';
import type { MultipartRef, UploadsResource } from '../resources/uploads.ts';
import type { UploadedPart, UploadJob } from '../schemas/uploads.ts';
import { guessContentType } from './content-type.ts';
import { choosePartSize, partRange } from './part-size.ts';
import { sendPart as defaultSendPart, type SendPart } from './send-part.ts';

export interface UploadFileOptions {
  readonly name: string;
  readonly filename: string;
  readonly useDynamicHls?: boolean;
  readonly contentType?: string;
  /** Bytes a part; grown where 10,000 parts would not be enough. Default 10 MiB. */
  readonly partSize?: number;
  /** Parts under way at once. Default 4. */
  readonly parallel?: number;
  /** How often one part is tried before the upload fails. Default 5. */
  readonly attempts?: number;
  readonly signal?: AbortSignal;
  /** Bytes that have left, and all bytes; exact while parts are in flight in a browser. */
  readonly onProgress?: (uploaded: number, total: number) => void;
  /** Called once the platform has named the video, before any byte is sent. */
  readonly onVideoId?: (videoId: string) => void;
  readonly sendPart?: SendPart;
}

/** The object is uploaded and durable, but processing could not be started; `preprocess` may be called again. */
export class PreprocessError extends VideoSDKError {
  override name = 'PreprocessError';
  readonly s3ObjectName: string;
  readonly videoId: string;

  constructor(s3ObjectName: string, videoId: string, cause: unknown) {
    super('The file is uploaded, but processing could not be started.', { cause });
    this.s3ObjectName = s3ObjectName;
    this.videoId = videoId;
  }
}

/** Refusals that no repetition will change. */
function isFinal(error: unknown): boolean {
  if (error instanceof AbortedError) return true;
  return error instanceof APIError && error.statusCode < 500 && ![403, 408, 429].includes(error.statusCode);
}

/** Sends the parts of one file, several at a time, each retried with backoff. Resolves to the parts in order. */
async function sendParts(
  uploads: UploadsResource,
  ref: MultipartRef,
  file: Blob,
  options: UploadFileOptions,
): Promise<UploadedPart[]> {
  const partSize = choosePartSize(file.size, options.partSize);
  const count = Math.max(1, Math.ceil(file.size / partSize));
  const send = options.sendPart ?? defaultSendPart;
  const etags = new Map<number, string | null>();
  const sent = new Map<number, number>();
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;

  const report = (part: number, bytes: number) => {
    sent.set(part, bytes);
    const total = [...sent.values()].reduce((sum, value) => sum + value, 0);
    options.onProgress?.(Math.min(total, file.size), file.size);
  };

  const sendOne = async (part: number) => {
    const [start, end] = partRange(part, partSize, file.size);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { url } = await uploads.getPartUrl(ref, part, { signal });
        const etag = await send(url, file.slice(start, end), { signal, onProgress: (bytes) => report(part, bytes) });
        etags.set(part, etag);
        report(part, end - start);
        return;
      } catch (error) {
        report(part, 0);
        if (isFinal(error) || attempt >= (options.attempts ?? 5)) throw error;
        await delay(backoffMs(attempt), signal);
      }
    }
  };

  let next = 1;
  const worker = async () => {
    while (next <= count && !signal.aborted) {
      const part = next;
      next += 1;
      await sendOne(part);
    }
  };
  const workers = Array.from({ length: Math.min(options.parallel ?? 4, count) }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  if (options.signal?.aborted) throw new AbortedError('The upload was cancelled.');
  return withEtags(uploads, ref, count, etags);
}

/** A store without CORS exposure hides the ETag header; `list_parts` knows it all the same. */
async function withEtags(
  uploads: UploadsResource,
  ref: MultipartRef,
  count: number,
  etags: ReadonlyMap<number, string | null>,
): Promise<UploadedPart[]> {
  const complete = [...etags.values()].every(Boolean);
  const listed = complete ? [] : await uploads.listParts(ref);
  const known = new Map(listed.map((part) => [part.part_number, part.etag]));
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const etag = etags.get(number) ?? known.get(number);
    if (!etag) throw new VideoSDKError(`Part ${number} did not arrive.`);
    return { part_number: number, etag };
  });
}

/**
 * The whole multipart flow: initiate, parts, complete, preprocess. If anything fails (or `signal` fires) before
 * `complete` has succeeded, the upload is aborted so that no orphaned parts stay behind. If only `preprocess` fails, the
 * object stays and a `PreprocessError` names it.
 */
export async function uploadFile(uploads: UploadsResource, file: Blob, options: UploadFileOptions): Promise<UploadJob> {
  const call = { signal: options.signal };
  const contentType = options.contentType || file.type || guessContentType(options.filename);
  const started = await uploads.initiateMultipart(options.filename, contentType, call);
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  options.onVideoId?.(started.video_id);
  try {
    const parts = await sendParts(uploads, ref, file, options);
    // Joining the parts of a large file takes the store a while.
    await uploads.completeMultipart(ref, parts, { ...call, timeoutMs: 600_000 });
  } catch (error) {
    await uploads.abortMultipart(ref).catch(() => undefined);
    throw error;
  }
  try {
    const { name, useDynamicHls } = options;
    const video = { s3ObjectName: ref.s3ObjectName, videoId: started.video_id, name, useDynamicHls };
    return await uploads.preprocess(video, call);
  } catch (error) {
    throw new PreprocessError(ref.s3ObjectName, started.video_id, error);
  }
}
