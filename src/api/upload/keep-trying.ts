import {
  AbortedError,
  APIError,
  NetworkError,
  RateLimitError,
  ResponseFormatError,
  TimeoutError,
  VideoSDKError,
} from '../errors.ts';
import { backoffMs, delay, type RetryWait } from '../http.ts';
import type { UploadControl } from './upload-control.ts';

export interface TryOptions {
  /** How often something is tried before the upload fails; a pause that the platform asks for does not count. Default 5. */
  readonly attempts?: number;
  readonly signal?: AbortSignal;
  readonly control?: UploadControl;
  /** Told before each pause that ends in another try. */
  readonly onWait?: (wait: RetryWait) => void;
}

/** What another try may well get past: a lost connection, a platform in trouble, a proxy's page in place of an answer. */
function isTransient(error: VideoSDKError): boolean {
  if (error instanceof APIError) return error.statusCode >= 500 || error.statusCode === 408 || error.statusCode === 429;
  return error instanceof NetworkError || error instanceof TimeoutError || error instanceof ResponseFormatError;
}

/** A signed URL that has expired answers 403: the next try asks for another one. */
export const isExpiredUrl = (error: unknown): boolean => error instanceof APIError && error.statusCode === 403;

const cancelled = () => new AbortedError('The upload was cancelled.');

/** Waits, but not longer than the upload is allowed to run: a pause ends the wait, a cancel throws. */
async function waitOut(waitMs: number, { signal, control }: TryOptions): Promise<void> {
  const signals = [signal, control?.interrupted].filter((each) => each !== undefined);
  await delay(waitMs, AbortSignal.any(signals)).catch(() => undefined);
  if (signal?.aborted) throw cancelled();
}

/**
 * Does a step of an upload until it succeeds: again with backoff and jitter after what may pass (no network, 5xx), after
 * `Retry-After` when the platform asks for it, and from the start of the step when the upload was paused meanwhile.
 * Throws what is final, or the last error when the attempts are used up.
 */
export async function keepTrying<T>(
  work: () => Promise<T>,
  options: TryOptions,
  mayPass: (error: unknown) => boolean = () => false,
): Promise<T> {
  const { signal, control, attempts = 5 } = options;
  for (let attempt = 1; ; ) {
    await control?.whenRunning();
    if (signal?.aborted) throw cancelled();
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw cancelled();
      // Stopped by a pause: nothing is wrong, and the step begins again when the upload goes on.
      if (error instanceof AbortedError) continue;
      if (!(error instanceof VideoSDKError) || !(isTransient(error) || mayPass(error))) throw error;
      const asked = error instanceof RateLimitError ? error.retryAfter : null;
      if (asked === null && attempt >= attempts) throw error;
      const waitMs = asked === null ? backoffMs(attempt) : asked * 1000;
      options.onWait?.({ error, waitMs });
      await waitOut(waitMs, options);
      if (asked === null) attempt += 1;
    }
  }
}
