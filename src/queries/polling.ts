const FAST_MS = 1_000;
const SLOW_MS = 10_000;
/** Looks at full pace before it slows down: about the first half minute. */
const FAST_LOOKS = 30;
const GROWTH = 1.25;

/**
 * When to look again at something that is under way: every second at first, then ever slower up to ten seconds, and not
 * at all once it has ended. `looks` is how often it has been looked at. A hidden tab does not look (TanStack Query's
 * default for intervals).
 */
export function pollInterval(underWay: boolean, looks: number): number | false {
  if (!underWay) return false;
  return Math.min(SLOW_MS, FAST_MS * GROWTH ** Math.max(0, looks - FAST_LOOKS));
}
