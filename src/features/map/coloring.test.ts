import { expect, test } from 'vitest';
import { byCluster, bySimilarity, byTime, byVideo, type Coloring, clusterLabels, UNCLUSTERED } from './coloring.ts';

const segment = (videoId: string, start: number) => ({ videoId, start, end: start + 5, thumbnail: null, text: null });
const points = {
  segments: [segment('a', 0), segment('a', 5), segment('b', 0), segment('b', 15)],
  videos: [
    { id: 'a', color: 'hsl(10, 60%, 50%)', hlsUrl: null, path: [0, 1], starts: [0, 5] },
    { id: 'b', color: 'hsl(200, 60%, 50%)', hlsUrl: null, path: [2, 3], starts: [0, 15] },
  ],
  places: { x: new Float32Array(4), y: new Float32Array(4) },
  group: Uint16Array.from([0, 0, 1, 1]),
};
const getColors = ({ colors: { colorIndex, palette } }: Coloring) => Array.from(colorIndex, (index) => palette[index]);

test('by video: the very colors of the API', () => {
  expect(getColors(byVideo(points))).toEqual([
    'hsl(10, 60%, 50%)',
    'hsl(10, 60%, 50%)',
    'hsl(200, 60%, 50%)',
    'hsl(200, 60%, 50%)',
  ]);
});

test('by time: a share of each video’s own length', () => {
  const [start, half, otherStart, late] = getColors(byTime(points));
  expect(start).toBe(otherStart);
  expect(new Set([start, half, late]).size).toBe(3);
});

test('by cluster: apart is gray', () => {
  const clusters = {
    of: Int16Array.from([0, 1, -1, 0]),
    sizes: [2, 1],
    density: new Float32Array(),
    cells: new Int16Array(),
  };
  const [first, second, apart, again] = getColors(byCluster(clusters));
  expect([first === again, first === second, apart]).toEqual([true, false, UNCLUSTERED]);
});

test('by similarity: the least and the most close span the colors; unknown is gray', () => {
  const coloring = bySimilarity(Float32Array.from([0.2, NaN, 0.6, 0.4]));
  const colors = getColors(coloring);
  expect([colors[0], colors[2]]).toEqual([coloring.scale?.colors[0], coloring.scale?.colors.at(-1)]);
  expect(colors[1]).toBe(UNCLUSTERED);
  expect([coloring.scale?.from, coloring.scale?.to]).toEqual(['0.20', '0.60']);
});

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
