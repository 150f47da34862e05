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

/** A file of subtitles may have thousands that say something all the time. */
const MAX_ITEMS = 200;

/**
 * What goes on during each segment, by its index: the first 200 of `items` that begin before its end and end after its start.
 * Both lists are in order of their starts, and are walked together: a day has 14,400 segments, and may have 50,000 subtitles.
 */
export function groupByRange<Item extends StoredTimes>(
  segments: readonly StoredTimes[],
  items: readonly Item[],
): readonly (readonly Item[])[] {
  let begun: Item[] = [];
  let next = 0;
  return segments.map((segment) => {
    for (let item = items[next]; item && item.start_s < segment.end_s; item = items[next]) {
      begun.push(item);
      next += 1;
    }
    begun = begun.filter(({ end_s }) => end_s > segment.start_s);
    return begun.slice(0, MAX_ITEMS);
  });
}
