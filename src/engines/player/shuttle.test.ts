import { expect, test } from 'vitest';
import { nextSpeed } from './shuttle.ts';

test('the same direction again doubles, up to eight; a turn starts at one', () => {
  const presses = [1, 1, 1, 1, 1, -1, -1, 1] as const;
  let speed = 0;
  const speeds = presses.map((direction) => {
    speed = nextSpeed(speed, direction);
    return speed;
  });
  expect(speeds).toEqual([1, 2, 4, 8, 8, -1, -2, 1]);
});
