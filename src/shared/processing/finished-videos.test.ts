import { expect, test } from 'vitest';
import { createFinishTracker } from './finished-videos.ts';

const seen = (processingState: string) => [{ videoId: 'v', name: 'Clip', processingState }];

test('tells of a video once, when it has come from running to an end', () => {
  const watch = createFinishTracker();
  expect(watch(seen('done'))).toEqual([]);
  expect(watch(seen('running'))).toEqual([]);
  expect(watch(seen('failed'))).toEqual([{ videoId: 'v', name: 'Clip', ended: 'failed' }]);
  expect(watch(seen('failed'))).toEqual([]);
});

test('says nothing of a video that only waits for its pipelines to be started', () => {
  const watch = createFinishTracker();
  watch(seen('running'));
  expect(watch(seen('missing'))).toEqual([]);
  expect(watch(seen('done'))).toEqual([]);
});
