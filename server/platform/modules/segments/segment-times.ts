import { formatWholeTimecode, toMilliseconds } from '#lib/time.ts';

interface StoredTimes {
  /** Seconds. */
  readonly start_s: number;
  readonly end_s: number;
}

/**
 * A segment's times in an answer. The documented fields have whole seconds, rounded down; the exact times go beside them.
 * No two segments of a video start in the same second, since none but the only one is shorter than a second: row ids made
 * of the documented fields stay unique.
 */
export const toAnswerTimes = ({ start_s, end_s }: StoredTimes) => ({
  start: formatWholeTimecode(start_s),
  end: formatWholeTimecode(end_s),
  start_ms: toMilliseconds(start_s),
  end_ms: toMilliseconds(end_s),
});
