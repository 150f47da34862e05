import { expect, test } from 'vitest';
import { getClusterLabels } from './cluster-labels.ts';
import { makePoints } from './points-for-tests.ts';

const segments = (...texts: (string | null)[]) =>
  makePoints(texts.map((text, start) => ({ videoId: 'v', start, text })));
const clusters = (of: number[], sizes: number[]) => ({
  of: Int16Array.from(of),
  sizes,
  density: new Float32Array(),
  cells: new Int16Array(),
});

test('a cluster is called by the phrase that is common in it and rare elsewhere', () => {
  const labels = getClusterLabels(
    clusters([0, 0, 0, 1, 1, -1], [3, 2]),
    segments(
      'A gray car driving; mostly gray.',
      'A red car driving; mostly gray.',
      'A gray car driving; mostly gray.',
      'Two sports balls on grass; mostly green.',
      'Three sports balls on grass; mostly green.',
      'A person walking; mostly gray.',
    ),
  );
  expect(labels).toEqual(['gray car driving', 'sports balls on grass']);
});

test('a name has no filler, and is not a color alone', () => {
  const [label] = getClusterLabels(
    clusters([0, 0], [2]),
    segments('An empty scene, nothing moves; mostly black.', 'An empty scene, nothing moves; mostly gray.'),
  );
  expect(label).toBe('nothing moves');
  expect(getClusterLabels(clusters([0], [1]), segments('Gray'))).toEqual(['Cluster 1']);
});

test('without captions, by its number', () => {
  expect(getClusterLabels(clusters([0, 1], [1, 1]), segments(null, null))).toEqual(['Cluster 1', 'Cluster 2']);
});

test('no two clusters have one name', () => {
  const [gray, white] = ['A person with bottles, gray', 'A person with bottles, white'];
  const labels = getClusterLabels(clusters([0, 1, 2], [1, 1, 1]), segments(gray, white, white));
  expect(new Set(labels).size).toBe(3);
  expect(getClusterLabels(clusters([0, 1], [1, 1]), segments('Fog', 'Fog'))).toEqual(['fog', 'fog 2']);
});

test('names stay when a segment of another cluster is added', () => {
  const before = ['A red car driving', 'A red car driving', 'Three bottles', 'Two bottles'];
  const first = getClusterLabels(clusters([0, 0, 1, 1], [2, 2]), segments(...before));
  expect(
    getClusterLabels(clusters([0, 0, 1, 1, 2], [2, 2, 1]), segments(...before, 'A red truck')).slice(0, 2),
  ).toEqual(first);
});
