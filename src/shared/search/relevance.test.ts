import { expect, test } from 'vitest';
import type { SearchHit } from '#api/contracts/search.ts';
import { groupHitsByVideo, mergeNeighbors, splitByRelevance } from './relevance.ts';

const hit = (score: number | null, more: Partial<SearchHit> = {}): SearchHit => ({
  rank: 1,
  start: '00:00:00',
  end: '00:00:04',
  video_id: 'a',
  score,
  ...more,
});
const counts = (hits: SearchHit[]) => {
  const { strong, weak } = splitByRelevance(hits);
  return [strong.length, weak.length];
};

test('the first large drop parts strong from weak', () => {
  expect(counts([hit(0.8), hit(0.76), hit(0.5), hit(0.48)])).toEqual([2, 2]);
  expect(counts([hit(0.5), hit(0.49), hit(0.47), hit(0.45)])).toEqual([4, 0]);
});

test('without similarities nothing is weak', () => {
  expect(counts([hit(null), hit(null)])).toEqual([2, 0]);
  expect(counts([])).toEqual([0, 0]);
});

test('a platform that says what is close is believed', () => {
  const close = (score: number, is: boolean) => hit(score, { close: is });
  expect(counts([close(0.5, true), close(0.48, true), close(0.46, false)])).toEqual([2, 1]);
  expect(counts([close(0.2, false), close(0.19, false)])).toEqual([0, 2]);
});

test('a hit that stands out is weak when the platform does not call it close', () => {
  const notClose = (score: number) => hit(score, { close: false });
  expect(counts([notClose(0.21), notClose(0.12), notClose(0.1)])).toEqual([0, 3]);
});

test('by video, in the order of the best hit, within it by rank or time', () => {
  const hits = [
    hit(0.9, { video_id: 'b', start: '00:01:00' }),
    hit(0.8, { video_id: 'a', start: '00:00:10' }),
    hit(0.7, { video_id: 'b', start: '00:00:02' }),
  ];
  const shown = (order: 'rank' | 'time') =>
    groupHitsByVideo(hits, order).map((group) => [group.videoId, group.hits.map(({ start }) => start)]);
  expect(shown('rank')).toEqual([
    ['b', ['00:01:00', '00:00:02']],
    ['a', ['00:00:10']],
  ]);
  expect(shown('time')[0]).toEqual(['b', ['00:00:02', '00:01:00']]);
});

const segment = (start: number, score: number, text: string, more: Partial<SearchHit> = {}) =>
  hit(score, {
    start: `00:00:0${start}`,
    end: `00:00:0${start + 2}`,
    start_ms: start * 1000,
    end_ms: (start + 2) * 1000,
    text,
    ...more,
  });
const ranges = (hits: SearchHit[]) => mergeNeighbors(hits).map(({ start, end, score }) => [start, end, score]);

test('neighbors that say the same and are as similar become one row, wherever they rank', () => {
  const hits = [segment(4, 0.5, 'A red car'), segment(0, 0.495, 'A red car'), segment(2, 0.49, 'A red car')];
  expect(ranges(hits)).toEqual([['00:00:00', '00:00:06', 0.5]]);
});

test.each([
  ['another text', segment(2, 0.5, 'A blue car')],
  ['an empty text', segment(2, 0.5, '')],
  ['no score', segment(2, 0.5, 'A red car', { score: null })],
  ['another video', segment(2, 0.5, 'A red car', { video_id: 'b' })],
  ['a gap between them', segment(6, 0.5, 'A red car')],
  ['less similarity', segment(2, 0.4, 'A red car')],
])('hits with %s stay apart', (_, other) => {
  expect(mergeNeighbors([segment(0, 0.5, 'A red car'), other])).toHaveLength(2);
});
