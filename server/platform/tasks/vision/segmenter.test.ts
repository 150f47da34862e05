import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatWholeTimecode } from '#lib/time.ts';
import { CutFinder, MAX_SEGMENT, toSegments } from './segmenter.ts';

test('segments touch, cover the whole video, and none is too long', () => {
  for (const [cuts, duration] of [
    [[], 3],
    [[4, 8, 12], 16],
    [[0.2, 5, 5.4, 59.8], 60],
    [[], 36_000],
  ] as const) {
    const spans = toSegments(cuts, duration);
    expect(spans[0]?.start).toBe(0);
    expect(spans[spans.length - 1]?.end).toBe(duration);
    for (const [index, { start, end }] of spans.entries()) {
      expect(end - start).toBeLessThanOrEqual(MAX_SEGMENT);
      expect(start).toBe(spans[index - 1]?.end ?? 0);
    }
  }
});

test('segments start at the cuts, and shots under a second join their neighbor', () => {
  expect(toSegments([4, 8], 12).map(({ start }) => start)).toEqual([0, 4, 8]);
  expect(toSegments([5, 5.5], 10).map(({ start }) => start)).toEqual([0, 5]);
});

test('no two segments start in the same second, so row ids of whole seconds are unique', () => {
  const cuts = fc.array(fc.double({ min: 0, max: 120, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(cuts, fc.double({ min: 0.04, max: 120, noNaN: true }), (times, duration) => {
      const seconds = toSegments(times, duration).map(({ start }) => formatWholeTimecode(start));
      expect(new Set(seconds).size).toBe(seconds.length);
    }),
  );
});

const plain = (gray: number) => new Uint8Array(48 * 27 * 3).fill(gray);

test('a cut is a sudden change, not a steady one', () => {
  const steady = new CutFinder();
  expect(Array.from({ length: 40 }, (_, frame) => steady.next(plain(frame * 6))).some(Boolean)).toBe(false);

  const finder = new CutFinder();
  const shades = [...Array(20).fill(40), ...Array(20).fill(200)];
  expect(shades.map((gray) => finder.next(plain(gray))).indexOf(true)).toBe(20);
});
