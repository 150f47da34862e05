import { expect, test } from 'vitest';
import { pollInterval } from './polling.ts';

test('polling starts fast, slows with age, and stops at the end', () => {
  const intervals = [0, 30, 33, 40, 1000].map((looks) => pollInterval(true, looks));
  expect(intervals.slice(0, 2)).toEqual([1000, 1000]);
  expect(intervals).toEqual([...intervals].sort((a, b) => Number(a) - Number(b)));
  expect(intervals.at(-1)).toBe(10_000);
  expect(pollInterval(false, 5)).toBe(false);
});
