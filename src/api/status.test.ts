import { expect, test } from 'vitest';
import { derivedStatus, isDone, isFailed, isProcessed, isSearchable, isTerminal } from './status.ts';

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

test('a video that is processed again stays searchable, as its status says', () => {
  const again = { status: 'processed', analyse_status: 'processing', search_process_status: 'processing' };
  expect([isSearchable(again), isProcessed(again)]).toEqual([true, true]);
  const failedAgain = { status: 'search_processed', analyse_status: 'failed', search_process_status: 'failed' };
  expect([isSearchable(failedAgain), isProcessed(failedAgain)]).toEqual([true, false]);
  const first = { status: 'uploaded', analyse_status: 'processing', search_process_status: 'processing' };
  expect([isSearchable(first), isProcessed(first)]).toEqual([false, false]);
});

test('without a status, the pipelines decide, whatever they call the end', () => {
  for (const done of ['done', 'success', 'completed', 'DONE']) {
    expect(isSearchable({ search_process_status: done })).toBe(true);
    expect(isProcessed({ status: null, analyse_status: done, search_process_status: done })).toBe(true);
  }
  expect(isSearchable({ analyse_status: 'done' })).toBe(false);
  expect(isProcessed({ search_process_status: 'done' })).toBe(false);
});
