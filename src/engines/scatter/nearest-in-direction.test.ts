import { expect, test } from 'vitest';
import { DIRECTIONS, nextInDirection } from './nearest-in-direction.ts';

/** A cross around the middle, on a plot that grows upwards. */
const points = {
  x: Float32Array.from([0.5, 0.7, 0.3, 0.5, 0.5, 0.95]),
  y: Float32Array.from([0.5, 0.52, 0.5, 0.8, 0.1, 0.9]),
};
const affine = { sx: 100, ox: 0, sy: -100, oy: 100 };
const go = (from: number, key: string, accepts = (_: number) => true) =>
  nextInDirection(points, affine, from, DIRECTIONS[key] ?? { x: 0, y: 0 }, accepts);

test('arrows go to the next point on the screen', () => {
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].map((key) => go(0, key))).toEqual([1, 2, 3, 4]);
});

test('what is hidden is passed over, and beyond the last there is none', () => {
  expect(go(0, 'ArrowRight', (id) => id !== 1)).toBe(5);
  expect(go(5, 'ArrowUp')).toBeNull();
});
