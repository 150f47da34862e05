import { expect, test } from 'vitest';
import { principalComponents } from './pca.ts';
import { projectToPlane } from './project.ts';
import { randomFrom } from './random.ts';

/** Unit vectors in `clusters` bunches, one after the other. */
function bunches(clusters: number, each: number, columns = 64) {
  const random = randomFrom(7);
  const data = new Float32Array(clusters * each * columns);
  for (let row = 0; row < clusters * each; row += 1) {
    const vector = Array.from({ length: columns }, (_, column) =>
      column === Math.floor(row / each) ? 1 : (random() - 0.5) * 0.1,
    );
    const norm = Math.hypot(...vector);
    data.set(
      vector.map((value) => value / norm),
      row * columns,
    );
  }
  return { data, rows: clusters * each, columns };
}

/** The places as points. */
async function project(matrix: ReturnType<typeof bunches>): Promise<[number, number][]> {
  const places = await projectToPlane(matrix);
  return Array.from({ length: matrix.rows }, (_, index) => [places[index * 2] ?? NaN, places[index * 2 + 1] ?? NaN]);
}

const apart = ([ax, ay]: [number, number], [bx, by]: [number, number]) => Math.hypot(ax - bx, ay - by);

test('what is alike lands together, what differs apart, within [0, 1]', async () => {
  const places = await project(bunches(3, 20));
  expect(places.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
  const center = (bunch: number): [number, number] => {
    const own = places.slice(bunch * 20, bunch * 20 + 20);
    return [own.reduce((sum, [x]) => sum + x, 0) / 20, own.reduce((sum, [, y]) => sum + y, 0) / 20];
  };
  const within = Math.max(...places.map((place, index) => apart(place, center(Math.floor(index / 20)))));
  expect(apart(center(0), center(1))).toBeGreaterThan(within);
  expect(apart(center(1), center(2))).toBeGreaterThan(within);
});

test('the same vectors always land in the same places', async () => {
  expect(await projectToPlane(bunches(2, 10))).toEqual(await projectToPlane(bunches(2, 10)));
});

test('the layout is told as far as it is, and moves towards the last one', async () => {
  const matrix = bunches(4, 50);
  const drafts: Float64Array[] = [];
  const progress: number[] = [];
  const places = await projectToPlane(matrix, {
    onDraft: (draft) => drafts.push(draft),
    onProgress: (fraction) => progress.push(fraction),
  });
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
  expect(drafts.length).toBeGreaterThan(3);
  const getDistance = (draft: Float64Array | undefined) =>
    places.reduce((sum, value, index) => sum + Math.abs(value - (draft?.[index] ?? NaN)), 0) / places.length;
  expect(getDistance(drafts.at(-1))).toBeLessThan(getDistance(drafts[0]) / 2);
  expect(drafts.every((draft) => draft.every((value) => value >= 0 && value <= 1))).toBe(true);
});

test.each([2, 3, 5, 6])('%d points have a place each', async (count) => {
  const places = await project(bunches(count, 1));
  expect(places).toHaveLength(count);
  expect(places.flat().every(Number.isFinite)).toBe(true);
  expect(new Set(places.map(String)).size).toBe(count);
});

test('principal components keep distances where few directions matter', async () => {
  const matrix = bunches(4, 5);
  const reduced = await principalComponents(matrix, 8);
  const before = (a: number, b: number) =>
    Math.hypot(
      ...Array.from(
        { length: 64 },
        (_, column) => (matrix.data[a * 64 + column] ?? 0) - (matrix.data[b * 64 + column] ?? 0),
      ),
    );
  const after = (a: number, b: number) =>
    Math.hypot(
      ...Array.from(
        { length: reduced.columns },
        (_, column) =>
          (reduced.data[a * reduced.columns + column] ?? 0) - (reduced.data[b * reduced.columns + column] ?? 0),
      ),
    );
  for (const [a, b] of [
    [0, 5],
    [3, 12],
    [7, 18],
  ] as const)
    expect(after(a, b)).toBeCloseTo(before(a, b), 1);
});
