import { expect, test } from 'vitest';
import { byCluster, bySimilarity, byTime, byVideo, byWords, type Coloring, UNCLUSTERED } from './coloring.ts';
import { makePoints } from './points-for-tests.ts';

const segment = (videoId: string, start: number) => ({ videoId, start, end: start + 5 });
const points = makePoints([segment('a', 0), segment('a', 5), segment('b', 0), segment('b', 15)], {
  a: 'hsl(10, 60%, 50%)',
  b: 'hsl(200, 60%, 50%)',
});
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

test('by words: what is said or written at some time of a segment', () => {
  const words = { videos: [{ video_id: 'a', said: [4_000, 6_000], written: [5_500, 7_000] }] };
  expect([...byWords(points, words).colors.colorIndex]).toEqual([1, 0, 3, 3]);
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
