import { expect, test } from 'vitest';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getStages, secondsLeft } from './stages.ts';

const row = (words: Partial<VideoListItem>): VideoListItem => ({ video_id: 'v', name: 'Clip', ...words });
const search = (status: string, percentage: number) => ({ video_id: 'v', status, percentage });

test('the details say how far a running stage is', () => {
  const stages = getStages({ search: search('processing', 40) }, row({ search_process_status: 'processing' }));
  expect(stages[4]).toMatchObject({ state: 'busy', percentage: 40 });
});

test('a stage that the list shows as running again, or as ended since, is as the list says', () => {
  const again = getStages({ search: search('success', 100) }, row({ search_process_status: 'enqueued' }));
  expect(again[4]).toMatchObject({ state: 'queued', percentage: null });
  const ended = getStages({ search: search('processing', 80) }, row({ search_process_status: 'success' }));
  expect(ended[4]).toMatchObject({ state: 'done' });
});

test('the time left follows from how far it has come', () => {
  const [stage] = getStages({
    upload: {
      video_id: 'v',
      thumbnail_generation_status: { status: 'in_progress', percentage: 25, started_at: '2026-01-01T00:00:00Z' },
    },
  });
  if (!stage) throw new Error('There are five stages.');
  const now = Date.parse('2026-01-01T00:00:10Z');
  expect(secondsLeft(stage, now)).toBe(30);
  expect(secondsLeft({ ...stage, percentage: 0 }, now)).toBeNull();
});
