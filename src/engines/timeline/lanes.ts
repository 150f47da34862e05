import type { TimeRange } from '#lib/time.ts';

/** Something on a timeline. */
export interface TimelineItem extends TimeRange {
  readonly id: string;
  /** Said under the pointer. */
  readonly label: string | null;
  readonly thumbnail: string | null;
}

type LaneName = 'segments' | 'said' | 'written' | 'hits' | 'citations' | 'marks';

export interface Lane {
  readonly name: LaneName;
  readonly title: string;
  /** Any CSS color. */
  readonly color: string;
  /** Ordered by start. */
  readonly items: readonly TimelineItem[];
}

/** Where lanes lie, in CSS pixels from the top. */
export const RULER_HEIGHT = 22;
export const LANE_HEIGHT = 18;
const LANE_GAP = 4;
export const OVERVIEW_HEIGHT = 12;

export const laneTop = (index: number): number => RULER_HEIGHT + LANE_GAP + index * (LANE_HEIGHT + LANE_GAP);

export const timelineHeight = (lanes: number): number => laneTop(lanes) + OVERVIEW_HEIGHT;

/** The lane at a height; null on the ruler and below the lanes. */
export function laneAt<T>(lanes: readonly T[], y: number): T | null {
  const index = Math.floor((y - RULER_HEIGHT - LANE_GAP / 2) / (LANE_HEIGHT + LANE_GAP));
  return y < RULER_HEIGHT ? null : (lanes[index] ?? null);
}

/** Index of the first item that starts after a second: items before it may be on at that second. */
export function firstAfter(items: readonly TimeRange[], time: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.start ?? Number.POSITIVE_INFINITY) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The item of a lane at a second, the latest to start where several overlap; `reach` is how far from an item still counts,
 * so that an instant can be hit at all.
 */
export function itemAt(items: readonly TimelineItem[], time: number, reach: number): TimelineItem | null {
  for (let index = firstAfter(items, time + reach) - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item && time <= item.end + reach) return item;
    // Overlaps reach back a little; a lane of ten hours is not walked through.
    if (item && time - item.start > 3600) break;
  }
  return null;
}
