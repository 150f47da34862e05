import { describe, expect, test } from 'vitest';
import type { Push } from '#api/contracts/integrations.ts';
import { findStaleVectors } from './stale-pushes.ts';

const push = (model: string | null, video_ids: string[], done_ids = video_ids): Push => ({
  id: 'push',
  connection_id: 'connection',
  status: done_ids.length === video_ids.length ? 'done' : 'cancelled',
  video_ids,
  video_count: video_ids.length,
  done_count: done_ids.length,
  done_ids,
  rows: done_ids.length,
  error: null,
  model,
  interruptions: 0,
  started_at: '2026-01-01T00:00:00.000Z',
});

describe('findStaleVectors', () => {
  test('names the videos that were last pushed with another model', () => {
    const pushes = [push('old', ['a', 'b']), push('older', ['c']), push('new', ['b'])];
    expect(findStaleVectors(pushes, 'new')).toEqual({ models: ['old', 'older'], videoIds: ['a', 'c'] });
  });

  test('takes vectors of an unknown model for current', () => {
    expect(findStaleVectors([push('old', ['a']), push(null, ['a'])], 'new').videoIds).toEqual([]);
  });

  test('keeps a video stale when pushing it again was stopped', () => {
    expect(findStaleVectors([push('old', ['a', 'b']), push('new', ['a', 'b'], ['a'])], 'new').videoIds).toEqual(['b']);
  });

  test('includes all videos of a push that a change of the model has stopped', () => {
    expect(findStaleVectors([push('old', ['a', 'b'], ['a'])], 'new').videoIds).toEqual(['a', 'b']);
  });
});
