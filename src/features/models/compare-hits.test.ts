import { expect, test } from 'vitest';
import type { ComparedHit } from '#api/contracts/models.ts';
import { countRight, getMove } from './compare-hits.ts';

const hit = (segment_id: string, is_right: boolean | null = null): ComparedHit => ({
  segment_id,
  video_id: 'v',
  start_ms: 0,
  end_ms: 4000,
  text: '',
  score: 0.5,
  thumbnail_url: null,
  is_right,
});

test.each([
  ['a', 0, 'Same rank'],
  ['b', 0, 'Up from 2'],
  ['a', 1, 'Down from 1'],
  ['c', 0, 'New'],
])('%s at rank %i: %s', (id, rank, words) => expect(getMove(id, rank, [hit('a'), hit('b')])).toBe(words));

test('only marked hits count', () => {
  expect(countRight([hit('a', true), hit('b', false), hit('c')])).toEqual({ right: 1, marked: 2 });
});
