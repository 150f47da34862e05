import type { Limiter } from '../concurrency.ts';
import type { UploadedPart } from '../contracts/uploads.ts';
import { AbortedError, NetworkError, VideoSDKError } from '../errors.ts';
import type { MultipartRef, UploadsResource } from '../resources/uploads.ts';
import { sendPart as defaultSendPart, type SendPart } from './send-part.ts';
import { isExpiredUrl, retryStep, type StepOptions } from './upload-control.ts';
import { assertReadable } from './upload-errors.ts';
import { getPartRange } from './upload-session.ts';

/** How many parts of an upload have arrived, are in flight, and exist. */
export interface PartCounts {
  readonly arrived: number;
  readonly inFlight: number;
  readonly total: number;
}

export interface SendPartsOptions extends StepOptions {
  /** Parts in flight at once. Default 4. */
  readonly parallel?: number;
  /**
   * Shared by uploads that must not send more than so many parts together. With twice as many in `parallel` as it lets through,
   * the URL of the next one is at hand for each part that ends, also where all end at once.
   */
  readonly limiter?: Limiter;
  /** Bytes that have left, and all bytes; exact while parts are in flight in a browser and with the Node sender. */
  readonly onProgress?: (uploaded: number, total: number, parts: PartCounts) => void;
  /** Sends one part. Default: XMLHttpRequest in a browser, a stream with `uploadPath` in Node, the client's own `fetch` if it has one. */
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

/** Sends the parts of one file, several at a time, each tried again with backoff. Resolves to all parts, in order. */
export async function sendParts(plan: PartPlan, options: SendPartsOptions): Promise<UploadedPart[]> {
  const { uploads, ref, file, partSize } = plan;
  const count = Math.max(1, Math.ceil(file.size / partSize));
  const put = options.sendPart ?? defaultSendPart;
  const etags = new Map<number, string | null>(plan.arrived.map(({ part_number, etag }) => [part_number, etag]));
  const sent = new Map<number, number>();
  const getSize = (part: number) => {
    const [start, end] = getPartRange(part, partSize, file.size);
    return end - start;
  };
  let settledBytes = [...etags.keys()].reduce((sum, part) => sum + getSize(part), 0);
  const failed = new AbortController();
  const stopped = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;

  const report = () => {
    const bytesInFlight = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
    const parts = { arrived: etags.size, inFlight: sent.size, total: count };
    options.onProgress?.(Math.min(file.size, settledBytes + bytesInFlight), file.size, parts);
  };

  const sendOnce = async (part: number) => {
    const [start, end] = getPartRange(part, partSize, file.size);
    const signal = options.control ? AbortSignal.any([stopped, options.control.interrupted]) : stopped;
    const onProgress = (bytes: number) => {
      sent.set(part, Math.min(bytes, end - start));
      report();
    };
    try {
      const { url } = await uploads.getPartUrl(ref, part, { signal, retries: 0 });
      const send = () => {
        onProgress(0);
        return put(url, file.slice(start, end), { signal, onProgress });
      };
      etags.set(part, await (options.limiter ? options.limiter.run(send) : send()));
      settledBytes += end - start;
    } catch (error) {
      // A browser reports a file that is gone as a lost connection.
      if (error instanceof NetworkError) await assertReadable(file);
      throw error;
    } finally {
      sent.delete(part);
      report();
    }
  };

  let next = 1;
  const worker = async () => {
    while (next <= count && !stopped.aborted) {
      const part = next;
      next += 1;
      if (!etags.has(part)) await retryStep(() => sendOnce(part), { ...options, signal: stopped }, isExpiredUrl);
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
  return withEtags(plan, count, etags, options);
}

/** A store without CORS exposure hides the ETag header; `list_parts` knows it all the same. */
async function withEtags(
  { uploads, ref }: PartPlan,
  count: number,
  etags: ReadonlyMap<number, string | null>,
  options: SendPartsOptions,
): Promise<UploadedPart[]> {
  const complete = [...etags.values()].every(Boolean);
  const listed = complete
    ? []
    : await retryStep(() => uploads.listParts(ref, { signal: options.signal, retries: 0 }), options);
  const known = new Map(listed.map((part) => [part.part_number, part.etag]));
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const etag = etags.get(number) ?? known.get(number);
    if (!etag) throw new VideoSDKError(`Part ${number} of the upload did not arrive.`);
    return { part_number: number, etag };
  });
}
