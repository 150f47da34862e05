import { describe, expect, test } from 'vitest';
import { formatClock, formatTimecode, formatWholeTimecode, getEndOfDay, getStartOfDay, parseTimecode } from './time.ts';

describe('parseTimecode', () => {
  test.each([
    ['00:00:12', 12],
    ['01:02:03.500', 3723.5],
    ['1:05', 65],
    ['12.25', 12.25],
    [7, 7],
  ])('%s is %d seconds', (code, seconds) => expect(parseTimecode(code)).toBe(seconds));

  test.each(['', 'soon', '1:2:3:4', '-3', '12:xx'])('"%s" is no time', (code) => expect(parseTimecode(code)).toBeNaN());
});

describe('formatTimecode', () => {
  test('keeps milliseconds and carries them over', () => {
    expect(formatTimecode(3723.5)).toBe('01:02:03.500');
    expect(formatTimecode(59.9996)).toBe('00:01:00.000');
  });

  test('reads back as what was written', () => {
    for (const seconds of [0, 3.77, 7.54, 59.999, 36_000.001]) {
      expect(parseTimecode(formatTimecode(seconds))).toBeCloseTo(seconds, 3);
    }
  });

  test('whole seconds are rounded down, after the milliseconds', () => {
    expect(formatWholeTimecode(3723.999)).toBe('01:02:03');
    expect(formatWholeTimecode(59.9996)).toBe('00:01:00');
    expect(formatWholeTimecode(-1)).toBe('00:00:00');
  });

  test('broken times read as zero', () => expect(formatTimecode(Number.NaN)).toBe('00:00:00.000'));
});

test('formatClock shows hours only when there are any', () => {
  expect([formatClock(0), formatClock(75.9), formatClock(3675)]).toEqual(['0:00', '1:15', '1:01:15']);
});

describe('days', () => {
  test('a day lasts from its first to its last millisecond in the local time zone', () => {
    expect(getStartOfDay('2026-03-05')).toEqual(new Date(2026, 2, 5, 0, 0, 0, 0));
    expect(getEndOfDay('2026-03-05')).toEqual(new Date(2026, 2, 5, 23, 59, 59, 999));
  });

  test('the next day starts a millisecond after a day ends', () => {
    expect(getEndOfDay('2026-12-31').getTime() + 1).toBe(getStartOfDay('2027-01-01').getTime());
  });
});
