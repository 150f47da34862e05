import { expect, test } from 'vitest';
import { clusterLabels } from './cluster-labels.ts';

const segments = (...texts: (string | null)[]) =>
  texts.map((text, index) => ({ videoId: 'v', start: index, end: index + 1, thumbnail: null, text }));
const clusters = (of: number[], sizes: number[]) => ({
  of: Int16Array.from(of),
  sizes,
  density: new Float32Array(),
  cells: new Int16Array(),
});

test('a cluster is called by the phrase that is common in it and rare elsewhere', () => {
  const labels = clusterLabels(
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
  const [label] = clusterLabels(
    clusters([0, 0], [2]),
    segments('An empty scene, nothing moves; mostly black.', 'An empty scene, nothing moves; mostly gray.'),
  );
  expect(label).toBe('nothing moves');
  expect(clusterLabels(clusters([0], [1]), segments('Gray'))).toEqual(['Cluster 1']);
});

test('without captions, by its number', () => {
  expect(clusterLabels(clusters([0, 1], [1, 1]), segments(null, null))).toEqual(['Cluster 1', 'Cluster 2']);
});

test('no two clusters have one name', () => {
  const [gray, white] = ['A person with bottles, gray', 'A person with bottles, white'];
  const labels = clusterLabels(clusters([0, 1, 2], [1, 1, 1]), segments(gray, white, white));
  expect(new Set(labels).size).toBe(3);
  expect(clusterLabels(clusters([0, 1], [1, 1]), segments('Fog', 'Fog'))).toEqual(['fog', 'fog 2']);
});

test('names stay when a segment of another cluster is added', () => {
  const before = segments('A red car driving', 'A red car driving', 'Three bottles', 'Two bottles');
  const after = [...before, ...segments('A red truck')];
  const first = clusterLabels(clusters([0, 0, 1, 1], [2, 2]), before);
  expect(clusterLabels(clusters([0, 0, 1, 1, 2], [2, 2, 1]), after).slice(0, 2)).toEqual(first);
});
