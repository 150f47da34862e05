import { expect, test } from 'vitest';
import { getPollInterval, withBackoff } from './polling.ts';

test('polling starts fast, slows with age, and stops at the end', () => {
  const intervals = [0, 30, 33, 40, 1000].map((requestCount) => getPollInterval(true, requestCount));
  expect(intervals.slice(0, 2)).toEqual([1000, 1000]);
  expect(intervals).toEqual([...intervals].sort((a, b) => Number(a) - Number(b)));
  expect(intervals.at(-1)).toBe(10_000);
  expect(getPollInterval(false, 5)).toBe(false);
});

test('a query that has never succeeded is polled at half the pace after each failure', () => {
  const intervals = [0, 1, 2, 3, 10].map((errorUpdateCount) =>
    withBackoff(1_000, { errorUpdateCount, errorUpdatedAt: errorUpdateCount, dataUpdatedAt: 0 }),
  );
  expect(intervals).toEqual([1_000, 2_000, 4_000, 8_000, 30_000]);
});

test('backs off with the time since the last success, and polls at full pace again after a success', () => {
  const failing = { errorUpdateCount: 7, dataUpdatedAt: 100_000 };
  const after = (ms: number) => withBackoff(1_000, { ...failing, errorUpdatedAt: 100_000 + ms });
  expect([500, 4_000, 3_600_000].map(after)).toEqual([1_000, 4_000, 30_000]);
  expect(after(-5)).toBe(1_000);
  expect(withBackoff(false, { ...failing, errorUpdatedAt: 200_000 })).toBe(false);
});
