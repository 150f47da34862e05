import { expect, test } from 'vitest';
import { cosinesWith } from '#shared/embeddings/vectors.ts';
import { alignVectors, nearestTo } from './map-vectors.ts';
import { makePoints } from './points-for-tests.ts';

const segment = (videoId: string, start: number) => ({ videoId, start });
const points = makePoints([segment('b', 0), segment('a', 4), segment('a', 0), segment('c', 0)]);
const embeddings = (id: string, rows: [start: string, embedding: number[]][]) => ({
  id,
  status: 'completed',
  data: rows.map(([start, embedding]) => ({ start, embedding })),
});
const vectors = alignVectors(points, [
  embeddings('a', [
    ['00:00:00', [1, 0]],
    ['00:00:04', [0.6, 0.8]],
  ]),
  embeddings('b', [['00:00:00', [0, 1]]]),
]);
if (!vectors) throw new Error('There are no vectors.');

test('each point gets the vector of its own segment; unknown ones stay unknown', () => {
  expect([...vectors.rows].map((value) => Number(value.toFixed(3)))).toEqual([0, 1, 0.6, 0.8, 1, 0, NaN, NaN]);
});

test('cosine is the cosine, whatever the lengths', () => {
  const cosines = [...cosinesWith(vectors, [3, 0])].map((value) => Number(value.toFixed(4)));
  expect(cosines).toEqual([0, 0.6, 1, NaN]);
});

test('nearest segments: itself and the unknown left out', () => {
  expect(nearestTo(vectors, 2, 5).map(({ index, cosine }) => [index, Number(cosine.toFixed(4))])).toEqual([
    [1, 0.6],
    [0, 0],
  ]);
  expect(nearestTo(vectors, 3, 5)).toEqual([]);
});

test('without a vector there is nothing', () => {
  expect(alignVectors(points, [])).toBeNull();
});
