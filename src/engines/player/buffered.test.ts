import { expect, test } from 'vitest';
import { getGapEnd, isBuffered } from './buffered.ts';

const media = (...ranges: [start: number, end: number][]) => ({
  buffered: {
    length: ranges.length,
    start: (index: number) => ranges[index]?.[0] ?? 0,
    end: (index: number) => ranges[index]?.[1] ?? 0,
  },
});

test('seeks to the first frame of a picture that starts later than the sound', () => {
  expect(getGapEnd(media([0.6, 8]), 0.001, 4)).toBe(0.6);
});

test('waits for a segment that is not buffered, also when the next one is', () => {
  expect(getGapEnd(media([0, 4], [8, 12]), 7, 8)).toBeNull();
});

test('keeps a time that is buffered, or far from what is buffered', () => {
  expect(getGapEnd(media([0, 4]), 3.999, 4)).toBeNull();
  expect(getGapEnd(media([30, 40]), 1, 40)).toBeNull();
  expect(getGapEnd(media(), 1, 4)).toBeNull();
  expect(getGapEnd(media([0.04, 4]), 0.001, 4)).toBeNull();
  expect(isBuffered(media([0.005, 4]), 0.001)).toBe(true);
});
