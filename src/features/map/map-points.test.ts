import { expect, test } from 'vitest';
import { type MapPoints, playheadAt, pointAt } from './map-points.ts';

const segment = (videoId: string, start: number) => ({ videoId, start, end: start + 4, thumbnail: null, text: null });
/** Video `a` goes from the left, over the top, to the right; there is a gap from 8 to 20 s. */
const points: MapPoints = {
  segments: [segment('a', 4), segment('b', 0), segment('a', 0), segment('a', 20)],
  videos: [
    { id: 'a', color: 'red', hlsUrl: null, path: [2, 0, 3], starts: [0, 4, 20] },
    { id: 'b', color: 'blue', hlsUrl: null, path: [1], starts: [0] },
  ],
  places: { x: Float32Array.from([0.5, 0.1, 0, 1]), y: Float32Array.from([1, 0.25, 0, 0.5]) },
  group: Uint16Array.from([0, 1, 0, 0]),
};
const [a, b] = points.videos;
if (!a || !b) throw new Error('There are two videos.');

test('the point under the playhead is the one whose segment it is in', () => {
  const at = (time: number) => pointAt(points, 'a', time);
  expect([at(0), at(3.99), at(4), at(7.9), at(8), at(19), at(21), at(24)]).toEqual([2, 2, 0, 0, null, null, 3, null]);
  expect([pointAt(points, 'b', 1), pointAt(points, 'c', 1), pointAt(points, undefined, 1)]).toEqual([1, null, null]);
});

test('the playhead goes from point to point, at each in the middle of its time', () => {
  const at = (time: number) => playheadAt(points, a, time);
  expect(at(2)).toEqual({ x: 0, y: 0 });
  expect(at(4)).toEqual({ x: 0.25, y: 0.5 });
  expect(at(6)).toEqual({ x: 0.5, y: 1 });
  expect(at(14)).toEqual({ x: 0.75, y: 0.75 });
});

test('before the first and after the last it stays there', () => {
  expect([playheadAt(points, a, 0), playheadAt(points, a, 99)]).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 0.5 },
  ]);
  expect(playheadAt(points, b, 3)?.y).toBe(0.25);
});
