import { expect, test } from 'vitest';
import { readFacing } from './facing.ts';
import { createBody, type Keypoint } from './pose-estimator.ts';

/** A head with the nose `turn` pixels before the ears, the shoulders 30 below. */
const createHead = (x: number, turn: number, { y = 100, neck = 30, score = 0.7 } = {}) =>
  createBody((part): Keypoint => {
    if (part === 'nose') return { x: x + turn, y, score };
    if (part.endsWith('Shoulder')) return { x, y: y + neck, score };
    return { x, y, score };
  });

test('two people whose noses point at each other are face to face, in whatever order they come', () => {
  const [left, right] = [createHead(100, 20), createHead(300, -20)];
  expect(readFacing(left, right)).toEqual({ isSure: true });
  expect(readFacing(right, left)).toEqual({ isSure: true });
});

test.each([
  ['look at the camera', createHead(100, 3), createHead(300, -3)],
  ['look the same way', createHead(100, 20), createHead(300, 20)],
  ['stand back to back', createHead(100, -20), createHead(300, 20)],
  ['stand far apart', createHead(100, 20), createHead(600, -20)],
  ['are not equally near', createHead(100, 20), createHead(300, -20, { neck: 12 })],
  ['are not equally high', createHead(100, 20), createHead(300, -20, { y: 160 })],
  ['cannot be seen', createHead(100, 20), createHead(300, -20, { score: 0.2 })],
])('two people who %s are not told to be', (_, one, other) => expect(readFacing(one, other)).toBeNull());

test('is not sure where the points are doubtful', () => {
  expect(readFacing(createHead(100, 20, { score: 0.45 }), createHead(300, -20))?.isSure).toBe(true);
  expect(readFacing(createHead(100, 20, { score: 0.45 }), createHead(300, -20, { score: 0.45 }))?.isSure).toBe(false);
});
