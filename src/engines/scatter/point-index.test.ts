import { expect, test } from 'vitest';
import { type Affine, toPixels } from './camera.ts';
import { indexPoints, nearestPoint } from './point-index.ts';

/** A small generator with a seed, so that each run tries the same points. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const COUNT = 5_000;
const random = randomFrom(7);
const points = {
  x: Float32Array.from({ length: COUNT }, () => random() ** 2),
  y: Float32Array.from({ length: COUNT }, random),
};
const index = indexPoints(points);
/** Wider than high, and upside down, as the plot is. */
const affine: Affine = { sx: 3_000, ox: -800, sy: -400, oy: 380 };

function bruteForce(place: { x: number; y: number }, reach: number, accepts: (id: number) => boolean): number {
  let least = reach;
  for (let id = 0; id < COUNT; id += 1) {
    const at = toPixels(affine, { x: points.x[id] ?? 0, y: points.y[id] ?? 0 });
    const distance = Math.hypot(at.x - place.x, at.y - place.y);
    if (distance <= least && accepts(id)) least = distance;
  }
  return least;
}

test('the nearest point in pixels is the one that trying them all finds', () => {
  const accepts = (id: number) => id % 3 !== 0;
  let found = 0;
  for (let round = 0; round < 400; round += 1) {
    const place = { x: random() * 2_400 - 900, y: random() * 440 - 20 };
    const id = nearestPoint(index, affine, place, 12, accepts);
    const least = bruteForce(place, 12, accepts);
    if (id === null) {
      expect(least).toBe(12);
      continue;
    }
    found += 1;
    expect(accepts(id)).toBe(true);
    const at = toPixels(affine, { x: points.x[id] ?? 0, y: points.y[id] ?? 0 });
    expect(Math.hypot(at.x - place.x, at.y - place.y)).toBeCloseTo(least, 9);
  }
  expect(found).toBeGreaterThan(100);
});

test('an index of nothing finds nothing', () => {
  const none = indexPoints({ x: new Float32Array(), y: new Float32Array() });
  expect(nearestPoint(none, affine, { x: 0, y: 0 }, 1e9, () => true)).toBeNull();
});
