const FAST_MS = 1_000;
const SLOW_MS = 10_000;
/** Requests at full pace before it slows down: about the first half minute. */
const FAST_REQUESTS = 30;
const GROWTH = 1.25;
const MAX_BACKOFF_MS = 30_000;

/**
 * Milliseconds until something in progress is requested again: every second at first, then slower, up to ten seconds;
 * false once it has ended. `requestCount` is how often it was requested. Hidden tabs do not poll (TanStack Query's default).
 */
export function getPollInterval(isInProgress: boolean, requestCount: number): number | false {
  if (!isInProgress) return false;
  return Math.min(SLOW_MS, FAST_MS * GROWTH ** Math.max(0, requestCount - FAST_REQUESTS));
}

/** The part of a query's state that tells how long it has been failing. */
interface FailureState {
  readonly errorUpdateCount: number;
  /** Milliseconds since 1970; 0 when it has never happened. */
  readonly errorUpdatedAt: number;
  readonly dataUpdatedAt: number;
}

/**
 * Slows the polling of a failing query down: the time since the last success is the next interval, so it doubles with each
 * failure, up to half a minute. After a success the interval is as given.
 */
export function withBackoff(
  intervalMs: number | false,
  { errorUpdateCount, errorUpdatedAt, dataUpdatedAt }: FailureState,
): number | false {
  if (intervalMs === false || errorUpdatedAt <= dataUpdatedAt) return intervalMs;
  const backoffMs = dataUpdatedAt > 0 ? errorUpdatedAt - dataUpdatedAt : intervalMs * 2 ** errorUpdateCount;
  return Math.max(intervalMs, Math.min(MAX_BACKOFF_MS, backoffMs));
}
