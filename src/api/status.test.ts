import { expect, test } from 'vitest';
import { derivedStatus, isDone, isFailed, isTerminal } from './status.ts';

test('every vocabulary of done and failed is understood', () => {
  expect(['done', 'success', 'completed', 'DONE'].every(isDone)).toBe(true);
  expect(['failed', 'error', 'FAILED'].every(isFailed)).toBe(true);
  expect(['pending', 'processing', '', null, undefined].some(isTerminal)).toBe(false);
});

const stages = (thumbnails: string, transcode: string | null, hls: string) =>
  derivedStatus({
    thumbnail_generation_status: { status: thumbnails },
    transcoding_status: transcode === null ? null : { status: transcode },
    hls_generation_status: { status: hls },
  });

test('the three upload stages roll into one word', () => {
  expect(stages('pending', null, 'pending')).toBe('pending');
  expect(stages('completed', 'in_progress', 'pending')).toBe('in_progress');
  expect(stages('completed', 'completed', 'completed')).toBe('completed');
  expect(stages('completed', 'failed', 'completed')).toBe('failed');
  expect(stages('completed', null, 'completed')).toBe('in_progress');
});
