import { expect, test } from 'vitest';
import { getSegment, playheadAt, pointAt, pointFrom } from './map-points.ts';
import { makePoints } from './points-for-tests.ts';

/** Video `a` goes from the left, over the top, to the right; there is a gap from 8 to 20 s. */
const points = makePoints([
  { videoId: 'a', start: 4, x: 0.5, y: 1 },
  { videoId: 'b', start: 0, x: 0.1, y: 0.25 },
  { videoId: 'a', start: 0, x: 0, y: 0, text: 'The first' },
  { videoId: 'a', start: 20, x: 1, y: 0.5 },
]);
const [a, b] = points.videos;
if (!a || !b) throw new Error('There are two videos.');

test('the point under the playhead is the one whose segment it is in', () => {
  const at = (time: number) => pointAt(points, 'a', time);
  expect([at(0), at(3.99), at(4), at(7.9), at(8), at(19), at(21), at(24)]).toEqual([2, 2, 0, 0, null, null, 3, null]);
  expect([pointAt(points, 'b', 1), pointAt(points, 'c', 1), pointAt(points, undefined, 1)]).toEqual([1, null, null]);
});

test('a point is found by the start of its segment, and told as one', () => {
  const from = (start: number) => pointFrom(points, a, start);
  expect([from(0), from(4), from(20), from(5), from(-1)]).toEqual([2, 0, 3, null, null]);
  expect(getSegment(points, 2)).toEqual({ videoId: 'a', start: 0, end: 4, thumbnail: null, text: 'The first' });
  expect([getSegment(points, 4), getSegment(points, -1), getSegment(points, null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
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
