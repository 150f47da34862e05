import { expect, test } from 'vitest';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getSummary } from './video-tile.tsx';

const uploaded = {
  video_id: 'v',
  name: 'Clip',
  thumbnail_generation_status: 'completed',
  transcoding_status: 'completed',
  hls_generation_status: 'completed',
} satisfies VideoListItem;

test.each<[string | null, string | null, string, string]>([
  [null, null, 'Not analyzed', 'idle'],
  ['pending', null, 'Analyzing', 'busy'],
  ['processing', 'success', 'Analyzing', 'busy'],
  ['done', null, 'Partly analyzed', 'idle'],
  [null, 'success', 'Partly analyzed', 'idle'],
  ['failed', 'success', 'Analysis failed', 'failed'],
  ['done', 'success', 'Ready', 'ready'],
])('pipelines that say %s and %s make a video “%s”', (analyse_status, search_process_status, text, tone) => {
  const video = {
    ...uploaded,
    analyse_status: analyse_status ?? undefined,
    search_process_status: search_process_status ?? undefined,
  };
  expect(getSummary(video)).toEqual({ text, tone });
});
