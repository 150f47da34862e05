/** Cameras whose clock was never set count from 1904, 1970 or 1980. */
const EARLIEST_MS = Date.parse('1990-01-01T00:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When a file says that it was recorded (its `creation_time`, UTC), in ISO 8601; null where it does not say, or says what cannot
 * be: before 1990, or after tomorrow.
 */
export function parseRecordingDate(creationTime: string | undefined, now = Date.now()): string | null {
  const text = creationTime?.trim().replace(' ', 'T') ?? '';
  // Without a zone, it is UTC as well.
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) || !text.includes('T');
  const time = Date.parse(hasZone ? text : `${text}Z`);
  return time >= EARLIEST_MS && time <= now + DAY_MS ? new Date(time).toISOString() : null;
}
