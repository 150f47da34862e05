import { randomLcg, randomNormal } from 'd3';
import { expect, test } from 'vitest';
import { findClusters, getOutlines, NO_CLUSTER } from './clusters.ts';

const normal = randomNormal.source(randomLcg(0.4))(0, 1);

/** Blobs of points around places, one after the other. */
function blobs(places: readonly (readonly [x: number, y: number, spread: number, count: number])[]) {
  const all = places.flatMap(([x, y, spread, count]) =>
    Array.from({ length: count }, () => [x + spread * normal(), y + spread * normal()] as const),
  );
  return { x: Float32Array.from(all, ([x]) => x), y: Float32Array.from(all, ([, y]) => y) };
}

const clusterOfRange = (of: Int16Array, from: number, to: number) => [...new Set(of.slice(from, to))];

test.each([
  ['thirty points', 10],
  ['three thousand', 1_000],
])('%s in three heaps are three clusters, the largest first', (_, size) => {
  const points = blobs([
    [0.15, 0.2, 0.03, size],
    [0.8, 0.25, 0.03, Math.round(size * 1.3)],
    [0.5, 0.85, 0.03, Math.round(size * 0.7)],
  ]);
  const { of, sizes } = findClusters(points);
  const inner = (from: number, to: number) => clusterOfRange(of, from, to).filter((cluster) => cluster !== NO_CLUSTER);
  expect(sizes).toHaveLength(3);
  expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
  expect(inner(0, size)).toEqual([1]);
  expect(inner(size, size + Math.round(size * 1.3))).toEqual([0]);
  expect(inner(size + Math.round(size * 1.3), of.length)).toEqual([2]);
});

test('a point far from all others is apart', () => {
  const { of } = findClusters(
    blobs([
      [0.2, 0.2, 0.02, 50],
      [0.9, 0.9, 0, 1],
    ]),
  );
  expect(of.at(-1)).toBe(NO_CLUSTER);
});

test('an outline goes around its heap, and its name stands on it', () => {
  const points = blobs([
    [0.2, 0.3, 0.03, 400],
    [0.8, 0.7, 0.03, 300],
  ]);
  const [first, second] = getOutlines(findClusters(points), ['left', 'right'], ['red', 'blue']);
  expect([first?.label, first?.color, second?.label, second?.color]).toEqual(['left', 'red', 'right', 'blue']);
  for (const [outline, x, y] of [
    [first, 0.2, 0.3],
    [second, 0.8, 0.7],
  ] as const) {
    expect(outline?.rings).toHaveLength(1);
    const xs = outline?.rings[0]?.map((place) => place.x) ?? [];
    const ys = outline?.rings[0]?.map((place) => place.y) ?? [];
    expect(Math.min(...xs)).toBeLessThan(x - 0.03);
    expect(Math.max(...xs)).toBeGreaterThan(x + 0.03);
    expect(Math.min(...ys)).toBeLessThan(y - 0.03);
    expect(Math.max(...ys)).toBeGreaterThan(y + 0.03);
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(0.35);
    expect(outline?.at.y).toBe(Math.max(...ys));
  }
});

test('no points, no clusters', () => {
  expect(findClusters({ x: new Float32Array(), y: new Float32Array() }).sizes).toEqual([]);
});
