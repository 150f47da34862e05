import { expect, test } from 'vitest';
import { getDigest, type MapSegment, placeAmong, planExtension, toDigestBytes, toDigests } from './extend-layout.ts';

const segment = (video: string, index: number, version = 'v1'): MapSegment => ({
  segment_id: `${video}-${index}`,
  video_id: video,
  version,
});
const segmentsOf = (video: string, count: number, version?: string) =>
  Array.from({ length: count }, (_, index) => segment(video, index, version));
const layoutOf = (segments: readonly MapSegment[], settledRows = segments.length) => ({
  points: segments.map((_, index): [number, number] => [index / 100, 0.5]),
  digests: segments.map(getDigest),
  settledRows,
});

test('digests survive being stored', () => {
  const digests = segmentsOf('a', 3).map(getDigest);
  expect(toDigests(new Uint8Array(toDigestBytes(digests)))).toEqual(digests);
});

test('what was on the map stays where it is, and the segments of a new video are to be placed', () => {
  const known = segmentsOf('a', 10);
  const plan = planExtension([...known, ...segmentsOf('b', 3)], layoutOf(known));
  expect(plan?.places.slice(0, 10)).toEqual(layoutOf(known).points);
  expect(plan?.newIndices).toEqual([10, 11, 12]);
  expect(plan?.keptVideoIds).toEqual(['a']);
});

test('a video that is gone leaves the others where they are', () => {
  const [a, b] = [segmentsOf('a', 10), segmentsOf('b', 3)];
  expect(planExtension(a, layoutOf([...b, ...a]))?.newIndices).toEqual([]);
});

test('a video that was processed again is new as a whole', () => {
  const [a, b] = [segmentsOf('a', 12), segmentsOf('b', 2)];
  const plan = planExtension([...a, segment('b', 0), segment('b', 1, 'v2')], layoutOf([...a, ...b]));
  expect(plan?.newIndices).toEqual([12, 13]);
});

test('a layout of all is due when more than a third of the points is not part of the last one', () => {
  const known = segmentsOf('a', 10);
  const grown = [...known, ...segmentsOf('b', 4)];
  expect(planExtension(grown, layoutOf(known))).not.toBeNull();
  expect(planExtension([...grown, ...segmentsOf('c', 2)], layoutOf(known))).toBeNull();
  // Added little by little, it comes to the same.
  expect(planExtension([...grown, ...segmentsOf('c', 2)], layoutOf(grown, 10))).toBeNull();
});

test('a point is placed where its nearest neighbors are', () => {
  const place = placeAmong(
    [
      { place: [0.2, 0.2], score: 0.9 },
      { place: [0.22, 0.2], score: 0.88 },
      { place: [0.9, 0.9], score: 0.3 },
    ],
    90,
  );
  expect(place[0]).toBeCloseTo(0.207, 2);
  expect(place[1]).toBeCloseTo(0.212, 2);
  expect(placeAmong([], 0)[0]).toBeCloseTo(0.512);
});
