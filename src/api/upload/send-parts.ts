import { AbortedError, APIError, RateLimitError, VideoSDKError } from '../errors.ts';
import { backoffMs, delay } from '../http.ts';
import type { MultipartRef, UploadsResource } from '../resources/uploads.ts';
import type { UploadedPart } from '../schemas/uploads.ts';
import { partRange } from './part-size.ts';
import { sendPart as defaultSendPart, type SendPart } from './send-part.ts';
import type { UploadControl } from './upload-control.ts';

export interface SendPartsOptions {
  /** Parts under way at once. Default 4. */
  readonly parallel?: number;
  /** How often one part is tried before the upload fails. Default 5. */
  readonly attempts?: number;
  readonly signal?: AbortSignal;
  readonly control?: UploadControl;
  /** Bytes that have left, and all bytes; exact while parts are in flight in a browser and with the Node sender. */
  readonly onProgress?: (uploaded: number, total: number) => void;
  readonly sendPart?: SendPart;
}

export interface PartPlan {
  readonly uploads: UploadsResource;
  readonly ref: MultipartRef;
  readonly file: Blob;
  readonly partSize: number;
  /** Parts that have arrived before. */
  readonly arrived: readonly UploadedPart[];
}

/** Refusals that no repetition will change. A 403 may be a signed URL that has expired: the next try asks for another. */
function isFinal(error: unknown): boolean {
  return error instanceof APIError && error.statusCode < 500 && ![403, 408, 429].includes(error.statusCode);
}

const pauseBefore = (error: unknown, attempt: number) =>
  error instanceof RateLimitError && error.retryAfter !== null ? error.retryAfter * 1000 : backoffMs(attempt);

/** Sends the parts of one file, several at a time, each retried with backoff. Resolves to all parts, in order. */
export async function sendParts(plan: PartPlan, options: SendPartsOptions): Promise<UploadedPart[]> {
  const { uploads, ref, file, partSize } = plan;
  const count = Math.max(1, Math.ceil(file.size / partSize));
  const send = options.sendPart ?? defaultSendPart;
  const etags = new Map<number, string | null>(plan.arrived.map(({ part_number, etag }) => [part_number, etag]));
  const sent = new Map<number, number>();
  const sizeOf = (part: number) => {
    const [start, end] = partRange(part, partSize, file.size);
    return end - start;
  };
  let settledBytes = [...etags.keys()].reduce((sum, part) => sum + sizeOf(part), 0);
  const failed = new AbortController();
  const stopped = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;

  const report = () => {
    const inFlight = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
    options.onProgress?.(Math.min(file.size, settledBytes + inFlight), file.size);
  };

  const sendOnce = async (part: number) => {
    const [start, end] = partRange(part, partSize, file.size);
    const signal = options.control ? AbortSignal.any([stopped, options.control.interrupted]) : stopped;
    const onProgress = (bytes: number) => {
      sent.set(part, Math.min(bytes, end - start));
      report();
    };
    try {
      const { url } = await uploads.getPartUrl(ref, part, { signal });
      etags.set(part, await send(url, file.slice(start, end), { signal, onProgress }));
      settledBytes += end - start;
    } finally {
      sent.delete(part);
      report();
    }
  };

  const sendWithRetries = async (part: number) => {
    for (let attempt = 1; ; ) {
      await options.control?.whenRunning();
      if (stopped.aborted) throw new AbortedError('The upload was cancelled.');
      try {
        return await sendOnce(part);
      } catch (error) {
        if (stopped.aborted || isFinal(error)) throw error;
        if (options.control?.paused) continue;
        if (attempt >= (options.attempts ?? 5)) throw error;
        await delay(pauseBefore(error, attempt), stopped);
        attempt += 1;
      }
    }
  };

  let next = 1;
  const worker = async () => {
    while (next <= count && !stopped.aborted) {
      const part = next;
      next += 1;
      if (!etags.has(part)) await sendWithRetries(part);
    }
  };
  report();
  const workers = Array.from({ length: Math.min(options.parallel ?? 4, count) }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  if (options.signal?.aborted) throw new AbortedError('The upload was cancelled.');
  return withEtags(plan, count, etags);
}

/** A store without CORS exposure hides the ETag header; `list_parts` knows it all the same. */
async function withEtags(
  { uploads, ref }: PartPlan,
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
