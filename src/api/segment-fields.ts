import { parseTimecode } from '#lib/time.ts';

/** The times of a segment as they are in an answer: a hit, a map's point, an embedding, a citation. */
interface TimesInAnswer {
  readonly start?: string | null | undefined;
  readonly end?: string | null | undefined;
  readonly start_ms?: number | null | undefined;
  readonly end_ms?: number | null | undefined;
}

export interface SegmentTimes {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

/**
 * Where a segment starts and ends, in seconds: to the millisecond where the platform sends `start_ms` and `end_ms`, to the
 * whole second of the documented `start` and `end` elsewhere. `NaN` where neither can be read.
 */
export const readSegmentTimes = ({ start, end, start_ms, end_ms }: TimesInAnswer): SegmentTimes => ({
  start: typeof start_ms === 'number' ? start_ms / 1000 : parseTimecode(start ?? ''),
  end: typeof end_ms === 'number' ? end_ms / 1000 : parseTimecode(end ?? ''),
});

/** The caption that the embedded platform adds to hits and points; null where a platform gives none. */
export function getText(item: { readonly [key: string]: unknown }): string | null {
  return typeof item.text === 'string' ? item.text : null;
}
