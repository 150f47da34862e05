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

test('a cluster is called by what is common in it and rare elsewhere', () => {
  const labels = clusterLabels(
    clusters([0, 0, 0, 1, 1, -1], [3, 2]),
    segments(
      'A car in a grey scene',
      'Two cars, a car',
      'A red car',
      'A bottle in a grey scene',
      'Bottle and fruit',
      'grey',
    ),
  );
  expect(labels[0]?.split(', ')[0]).toBe('car');
  expect(labels[1]?.split(', ')[0]).toBe('bottle');
});

test('without captions, by its number', () => {
  expect(clusterLabels(clusters([0, 1], [1, 1]), segments(null, null))).toEqual(['Cluster 1', 'Cluster 2']);
});

test('no two clusters have one name', () => {
  const text = ['A person with bottles, gray', 'A person with bottles, white'];
  const labels = clusterLabels(clusters([0, 1, 2], [1, 1, 1]), segments(text[0] ?? '', text[1] ?? '', text[1] ?? ''));
  expect(new Set(labels).size).toBe(3);
  expect(clusterLabels(clusters([0, 1], [1, 1]), segments('Fog', 'Fog'))).toEqual(['fog', 'fog 2']);
});
