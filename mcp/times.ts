import { z } from 'zod';
import { formatClock, parseTimecode } from '#lib/time.ts';

/** A time in a video as a tool takes it; `parseTimecode` makes seconds of it. */
export const timeSchema = z.union([
  z.number().min(0),
  z.string().refine((text) => !Number.isNaN(parseTimecode(text)), 'must be seconds, M:SS or H:MM:SS'),
]);

/** Seconds to the millisecond: sums of floating-point numbers have long tails, which cost an assistant's context. */
export const roundSeconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** A time range as people read it: `0:12–0:16`. */
export const formatRange = (start: number, end: number): string => `${formatClock(start)}–${formatClock(end)}`;
