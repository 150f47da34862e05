import { polygonContains } from 'd3';
import { expect, test } from 'vitest';
import { type SelectionShape, selectInside } from './select-inside.ts';

const GRID = 60;
const points = {
  x: Float32Array.from({ length: GRID * GRID }, (_, at) => (at % GRID) / (GRID - 1)),
  y: Float32Array.from({ length: GRID * GRID }, (_, at) => Math.floor(at / GRID) / (GRID - 1)),
};
/** A star whose arms cross, with a horizontal edge: what hands draw is rarely convex. */
const star = Array.from({ length: 9 }, (_, at) => ({
  x: 0.5 + 0.52 * Math.sin((at * 4 * 2 * Math.PI) / 9),
  y: 0.5 + 0.52 * Math.cos((at * 4 * 2 * Math.PI) / 9),
}));
const box = [
  { x: 0.2, y: 0.3 },
  { x: 0.7, y: 0.3 },
  { x: 0.7, y: 0.8 },
  { x: 0.2, y: 0.8 },
];

const oracle = (polygon: typeof star) =>
  Array.from(points.x, (x, at) =>
    polygonContains(
      polygon.map((corner): [number, number] => [corner.x, corner.y]),
      [x, points.y[at] ?? 0],
    )
      ? 1
      : 0,
  );
const select = (...shapes: [SelectionShape['does'], typeof star][]) =>
  Array.from(
    selectInside(
      points,
      shapes.map(([does, polygon]) => ({ does, polygon })),
    ) ?? [],
  );

test('exactly the points inside, by trying each', () => {
  for (const polygon of [star, box]) {
    const inside = oracle(polygon);
    expect(inside.filter((value) => value === 1).length).toBeGreaterThan(300);
    expect(select(['choose', polygon])).toEqual(inside);
  }
});

test('adds, subtracts, and starts anew', () => {
  const [inStar, inBox] = [oracle(star), oracle(box)];
  expect(select(['choose', star], ['add', box])).toEqual(inStar.map((value, at) => value | (inBox[at] ?? 0)));
  expect(select(['choose', star], ['subtract', box])).toEqual(inStar.map((value, at) => value & ~(inBox[at] ?? 0)));
  expect(select(['choose', star], ['choose', box])).toEqual(inBox);
});

test('nothing selected is null', () => {
  expect(selectInside(points, [])).toBeNull();
  expect(selectInside(points, [{ does: 'choose', polygon: box.map(({ x, y }) => ({ x: x + 9, y })) }])).toBeNull();
});
