import { expect, test } from 'vitest';
import { firstAfter, itemAt, LANE_HEIGHT, laneAt, laneTop } from './lanes.ts';

const item = (start: number, end: number) => ({ id: `${start}`, start, end, label: null, thumbnail: null });
const items = [item(0, 4), item(4, 8), item(20, 20), item(20, 30)];

test('finds what is on at a second', () => {
  expect([0, 3.9, 4, 25].map((time) => itemAt(items, time, 0)?.id)).toEqual(['0', '0', '4', '20']);
  expect(itemAt(items, 12, 0)).toBeNull();
});

test('an instant is hit from nearby', () => {
  expect(itemAt([item(20, 20)], 19.8, 0.5)?.id).toBe('20');
  expect(itemAt([item(20, 20)], 19.2, 0.5)).toBeNull();
});

test('counts what has started', () => {
  expect([-1, 0, 5, 20, 99].map((time) => firstAfter(items, time))).toEqual([0, 1, 2, 4, 4]);
});

test('a height belongs to the lane drawn there', () => {
  const lanes = ['segments', 'hits'];
  expect([5, laneTop(0) + 1, laneTop(1) + LANE_HEIGHT - 1, laneTop(2) + 5].map((y) => laneAt(lanes, y))).toEqual([
    null,
    'segments',
    'hits',
    null,
  ]);
});
