import {
  AbortedError,
  APIError,
  NetworkError,
  RateLimitError,
  ResponseFormatError,
  ServiceUnavailableError,
  VideoSDKError,
} from './errors.ts';

/**
 * The retry policy. Every request has exactly one owner that repeats it: the client, or a helper (an upload, a wait loop) that
 * sends it with `retries: 0` and repeats the whole step instead.
 */

/** A pause before something that failed is tried again. */
export interface RetryWait {
  /** What went wrong; a `RateLimitError` when the platform itself asked for the pause. */
  readonly error: VideoSDKError;
  readonly waitMs: number;
}

export interface RetryOptions {
  /** How often a failed attempt is repeated. */
  readonly retries: number;
  /** Whether the attempt may be repeated after this error. */
  readonly canRetry: (error: VideoSDKError) => boolean;
  readonly signal?: AbortSignal;
  /** Called before each pause that ends in another attempt. */
  readonly onWait?: (wait: RetryWait) => void;
  /** True where pauses that the platform asks for do not count as attempts, and may be of any length. Default false. */
  readonly isPatient?: boolean;
  /** Waits for `ms`. Default `delay` with `signal`. */
  readonly wait?: (ms: number) => Promise<void>;
}

const MAX_BACKOFF_MS = 20_000;
/** A `Retry-After` above this is an error at once: nobody waits for it. */
const MAX_RETRY_AFTER_MS = 60_000;
/** The longest delay that `setTimeout` supports: a longer one fires after 1 ms. */
export const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Resolves after `ms`, at most 24.8 days; rejects with an `AbortedError` when the signal fires first. */
export function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason instanceof AbortedError ? signal.reason : new AbortedError('The request was cancelled.'));
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(ms, MAX_TIMEOUT_MS),
    );
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Full jitter: a random wait up to `500 ms · 2^attempt`, at most 20 s, so that many clients do not come back at once. */
export function getBackoffMs(attempt: number): number {
  return Math.random() * Math.min(MAX_BACKOFF_MS, 500 * 2 ** attempt);
}

/** True for what another try may well get past: a lost connection, a platform in trouble, a proxy's page for an answer. */
export function isTransient(error: unknown): boolean {
  if (error instanceof APIError) return error.statusCode >= 500 || error.statusCode === 408 || error.statusCode === 429;
  return error instanceof NetworkError || error instanceof ResponseFormatError;
}

/**
 * Whether a request may be sent again after `error`. Any request, where the platform has certainly not acted on it: it was
 * not reached, or asked to come back later. Others only when doing them twice is the same as doing them once.
 */
export function canSendAgain(error: VideoSDKError, isIdempotent: boolean): boolean {
  if (error instanceof RateLimitError) return true;
  if (error instanceof ServiceUnavailableError && error.retryAfter !== null) return true;
  if (error instanceof NetworkError && error.isUnsent) return true;
  return isIdempotent && isTransient(error);
}

/** The pause that the platform asked for, in ms; null when it asked for none. */
function getRequestedWaitMs(error: VideoSDKError): number | null {
  const isAsking = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  return isAsking && error.retryAfter !== null ? error.retryAfter * 1000 : null;
}

/**
 * Does `work` until it succeeds: again after a pause while `canRetry` agrees and attempts are left. The pause is the one that
 * the platform asked for (`Retry-After`), else a backoff with jitter. Throws the last error.
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, onWait, isPatient = false, wait = (ms) => delay(ms, signal) } = options;
  for (let attempt = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VideoSDKError) || !options.canRetry(error)) throw error;
      const requestedMs = getRequestedWaitMs(error);
      const isFree = isPatient && requestedMs !== null;
      if (!isFree && attempt >= options.retries) throw error;
      if (!isFree && (requestedMs ?? 0) > MAX_RETRY_AFTER_MS) throw error;
      const waitMs = requestedMs ?? getBackoffMs(attempt);
      onWait?.({ error, waitMs });
      await wait(waitMs);
      if (!isFree) attempt += 1;
    }
  }
}

/** A new key for `idempotencyKey`: 128 random bits. `crypto.randomUUID` exists in secure contexts only. */
export const createIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
