import { expect, test } from 'vitest';
import { groupByRange } from './segment-times.ts';

const range = (start_s: number, end_s: number) => ({ start_s, end_s });

test('what goes on during a segment is what begins before its end and ends after its start', () => {
  const segments = [range(0, 4), range(4, 8), range(8, 12), range(12, 16)];
  const items = [range(0, 1), range(0, 20), range(3, 5), range(4, 8), range(7.9, 8), range(8, 8.5), range(15, 99)];
  expect(groupByRange(segments, items)).toEqual(
    segments.map((segment) => items.filter((item) => item.start_s < segment.end_s && item.end_s > segment.start_s)),
  );
});

test('a segment does not have thousands', () => {
  const items = Array.from({ length: 5_000 }, (_, index) => range(index / 5_000, 100));
  expect(groupByRange([range(0, 4), range(4, 8)], items).map(({ length }) => length)).toEqual([200, 200]);
});
