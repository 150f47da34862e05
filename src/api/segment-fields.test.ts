import { expect, test } from 'vitest';
import { readSegmentTimes } from './segment-fields.ts';

test('exact times are preferred to the documented whole seconds', () => {
  expect(readSegmentTimes({ start: '00:00:04', end: '00:01:02', start_ms: 4040, end_ms: 62_500 })).toEqual({
    start: 4.04,
    end: 62.5,
  });
});

test.each([undefined, null])('without exact times (%s) the documented ones are read', (none) => {
  const times = { start: '00:00:04', end: '00:01:02', start_ms: none, end_ms: none };
  expect(readSegmentTimes(times)).toEqual({ start: 4, end: 62 });
});

test('times that cannot be read are NaN', () => {
  expect(readSegmentTimes({ start: 'soon', end: null })).toEqual({ start: Number.NaN, end: Number.NaN });
});
