/** A part of a video, in seconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Time codes. The API speaks `HH:MM:SS` (fractions accepted); everything inside the app counts in seconds.
 */

const CODE = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/;

/**
 * Seconds of a time code: `HH:MM:SS`, `MM:SS`, either with a fraction, or a plain number of seconds.
 * Returns `NaN` for anything else, so that a caller decides what a broken time means.
 */
export function parseTimecode(code: string | number): number {
  if (typeof code === 'number') return code;
  const text = code.trim();
  const match = CODE.exec(text);
  if (!match) return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** Whole milliseconds of a number of seconds. Negative and broken times read as zero. */
export const toMilliseconds = (seconds: number): number =>
  Math.max(0, Math.round((Number.isFinite(seconds) ? seconds : 0) * 1000));

/** `HH:MM:SS`, rounded down: the form of times in the API. */
export function formatWholeTimecode(seconds: number): string {
  const whole = Math.floor(toMilliseconds(seconds) / 1000);
  return `${pad(Math.floor(whole / 3600))}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}

/** `HH:MM:SS.mmm`, for places where a frame matters. */
export const formatTimecode = (seconds: number): string =>
  `${formatWholeTimecode(seconds)}.${pad(toMilliseconds(seconds) % 1000, 3)}`;

/** The short form that people read: `M:SS`, with hours only when there are any. */
export function formatClock(seconds: number): string {
  const total = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`;
}

/** The first millisecond of a day (`YYYY-MM-DD`) in the local time zone. */
export const getStartOfDay = (day: string): Date => new Date(`${day}T00:00:00`);

/** The last millisecond of a day (`YYYY-MM-DD`) in the local time zone. */
export const getEndOfDay = (day: string): Date => new Date(`${day}T23:59:59.999`);
