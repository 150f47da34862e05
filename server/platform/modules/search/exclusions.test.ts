import { expect, test } from 'vitest';
import { type ExcludedVector, isExcluded, moveAway } from './exclusions.ts';

const words = (vector: number[] = []): ExcludedVector => ({
  kind: 'words',
  segmentId: null,
  vector: new Float32Array(vector),
});
const segment = (segmentId: string): ExcludedVector => ({ kind: 'segment', segmentId, vector: new Float32Array() });
const LEVELS = { close: 0.2, alike: [0.75] };

test('a vector moves away from what is excluded, and keeps its length', () => {
  const moved = moveAway(new Float32Array([1, 0]), [words([0, 1])]);
  expect(Math.hypot(...moved)).toBeCloseTo(1);
  expect(moved[0]).toBeGreaterThan(0.8);
  expect(moved[1]).toBeLessThan(-0.3);
  const query = new Float32Array([1, 0]);
  expect(moveAway(query, [])).toBe(query);
});

test('a query that is excluded itself stays what it is', () => {
  const query = new Float32Array([1, 0]);
  expect([...moveAway(query, [words([1, 0])])]).toEqual([1, 0]);
});

test('compares words with words, and segments with segments', () => {
  const found = { segmentId: 'a', score: 0.4, hasWords: false };
  expect(isExcluded({ ...found, scores: [0.5] }, [words()], { ...LEVELS, kind: 'words' })).toBe(true);
  expect(isExcluded({ ...found, scores: [0.3] }, [words()], { ...LEVELS, kind: 'words' })).toBe(false);
  expect(isExcluded({ ...found, scores: [0.5] }, [segment('x')], { ...LEVELS, kind: 'segment' })).toBe(true);
});

test('a segment that is excluded from a search by words takes those with it that are alike', () => {
  const found = { segmentId: 'a', score: 0.3, hasWords: false };
  // Pictures are more similar to each other than to any words.
  expect(isExcluded({ ...found, scores: [0.6] }, [segment('x')], { ...LEVELS, kind: 'words' })).toBe(false);
  expect(isExcluded({ ...found, scores: [0.8] }, [segment('x')], { ...LEVELS, kind: 'words' })).toBe(true);
});

test('words that are excluded from a search by a picture take what they describe with them', () => {
  const found = { segmentId: 'a', score: 0.9, hasWords: false };
  expect(isExcluded({ ...found, scores: [0.25] }, [words()], { ...LEVELS, kind: 'segment' })).toBe(true);
  expect(isExcluded({ ...found, scores: [0.1] }, [words()], { ...LEVELS, kind: 'segment' })).toBe(false);
});

test('a hit on words goes only when it is close to what is excluded, and an excluded segment always', () => {
  const found = { segmentId: 'a', score: 0.05, hasWords: true };
  expect(isExcluded({ ...found, scores: [0.1] }, [words()], { ...LEVELS, kind: 'words' })).toBe(false);
  expect(isExcluded({ ...found, scores: [0.3] }, [words()], { ...LEVELS, kind: 'words' })).toBe(true);
  expect(isExcluded({ ...found, scores: [0] }, [segment('a')], { ...LEVELS, kind: 'words' })).toBe(true);
});
