import { expect, test } from 'vitest';
import { getSwipe } from './swipe.ts';

const start = { x: 200, y: 100, time: 1000 };

test.each([
  ['to the left', { x: 120, y: 110, time: 1200 }, 1],
  ['to the right', { x: 280, y: 90, time: 1200 }, -1],
  ['a tap', { x: 203, y: 101, time: 1050 }, null],
  ['a scroll', { x: 140, y: 200, time: 1200 }, null],
  ['a slow move', { x: 80, y: 100, time: 2000 }, null],
] as const)('%s', (_name, end, direction) => {
  expect(getSwipe(start, end)).toBe(direction);
});
