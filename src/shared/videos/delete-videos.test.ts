import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keys } from '#shared/platform/query-keys.ts';
import { evictVideos } from './delete-videos.ts';

const hit = (video_id: string, rank = 1) => ({ rank, start: '00:00:00', end: '00:00:04', video_id });
const all = { all: true } as const;
const searchKey = keys.search('car', all, 10);

function clientWithResults() {
  const client = new QueryClient();
  const updatedAt = 1_000;
  client.setQueryData(searchKey, [hit('gone'), hit('here', 2)], { updatedAt });
  client.setQueryData(keys.map(all), { data: null, run: null, deletedIds: new Set() }, { updatedAt });
  for (const id of ['gone', 'here']) {
    client.setQueryData(keys.segments(id), { color: null, segments: [] });
    client.setQueryData(keys.videoTextState(id, false), { video_id: id });
    client.setQueryData(keys.embeddings.video(id), { id, status: 'done', data: [] });
  }
  return client;
}

test('a deleted video is in no cached result', () => {
  const client = clientWithResults();
  evictVideos(client, ['gone']);
  expect(client.getQueryData(searchKey)).toEqual([hit('here', 2)]);
  expect(client.getQueryState(searchKey)?.dataUpdatedAt).toBe(1_000);
  expect(client.getQueryData(keys.map(all))).toMatchObject({ deletedIds: new Set(['gone']) });
  expect(client.getQueryData(keys.segments('gone'))).toBeUndefined();
  expect(client.getQueryData(keys.segments('here'))).toBeDefined();
  expect(client.getQueryData(keys.videoTextState('gone', false))).toBeUndefined();
  expect(client.getQueryData(keys.videoTextState('here', false))).toBeDefined();
  expect(client.getQueryData(keys.embeddings.video('gone'))).toBeUndefined();
});

test('results that were paid for come back with a restored video', () => {
  const client = clientWithResults();
  const putBack = evictVideos(client, ['gone']);
  putBack();
  expect(client.getQueryData(searchKey)).toEqual([hit('gone'), hit('here', 2)]);
  expect(client.getQueryData(keys.embeddings.video('gone'))).toBeDefined();
});

test.each([[[0, 1]], [[1, 0]]])(
  'of two videos that were deleted one after the other, each comes back alone (%j)',
  (order) => {
    const client = clientWithResults();
    const putBack = [evictVideos(client, ['gone']), evictVideos(client, ['here'])];
    expect(client.getQueryData(searchKey)).toEqual([]);
    const [first = 0, second = 0] = order;
    putBack[first]?.();
    expect(client.getQueryData(searchKey)).toEqual([first === 0 ? hit('gone') : hit('here', 2)]);
    putBack[second]?.();
    expect(client.getQueryData(searchKey)).toEqual([hit('gone'), hit('here', 2)]);
    expect(client.getQueryData(keys.map(all))).toMatchObject({ deletedIds: new Set() });
  },
);

test('a search that was made again meanwhile stays as it is', () => {
  const client = clientWithResults();
  const putBack = evictVideos(client, ['gone']);
  client.setQueryData(searchKey, [hit('new')], { updatedAt: 2_000 });
  putBack();
  expect(client.getQueryData(searchKey)).toEqual([hit('new')]);
});
