import { expect, test } from 'vitest';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { LibraryChanges } from './library-changes.ts';

const video = (id: string, day: number, more: Partial<VideoListItem> = {}): VideoListItem => ({
  video_id: id,
  name: id,
  status: 'processed',
  created_at: new Date(day * 86_400_000).toISOString(),
  ...more,
});
const running = { status: 'uploaded', search_process_status: 'processing' };
const all = { all: true } as const;

test('counts the videos that became searchable since a time', () => {
  const changes = new LibraryChanges();
  changes.noteVideos([video('b', 2, running), video('a', 1)], true, 100);
  expect(changes.since(all, 50).added).toBe(0);
  changes.noteVideos([video('c', 3), video('b', 2), video('a', 1)], true, 200);
  expect(changes.since(all, 150).added).toBe(2);
  expect(changes.since(all, 250).added).toBe(0);
  expect(changes.since({ videoIds: ['b'] }, 150).added).toBe(1);
  expect(changes.since({ videoIds: ['a'] }, 150).added).toBe(0);
});

test('an old video that a longer list shows for the first time is not new', () => {
  const changes = new LibraryChanges();
  changes.noteVideos([video('b', 2)], true, 100);
  changes.noteVideos([video('b', 2), video('old', 1)], true, 200);
  changes.noteVideos([video('older', 9)], false, 300);
  expect(changes.since(all, 0).added).toBe(0);
});

test('tells of changes, not of lists that show the same', () => {
  const changes = new LibraryChanges();
  let count = 0;
  changes.subscribe(() => {
    count += 1;
  });
  const collection = { collection_id: 'c', name: 'Cars', video_count: 1, created_at: new Date(0).toISOString() };
  for (let list = 0; list < 3; list += 1) {
    changes.noteVideos([video('a', 1)], true);
    changes.noteCollections([collection]);
  }
  expect(count).toBe(0);
  changes.noteVideos([video('b', 2), video('a', 1)], true);
  changes.noteCollections([{ ...collection, video_count: 2 }]);
  expect(count).toBe(2);
});

test('the first video of an empty library is new', () => {
  const changes = new LibraryChanges();
  changes.noteVideos([], true, 100);
  changes.noteVideos([video('first', 1)], true, 200);
  expect(changes.since(all, 100).added).toBe(1);
});

test('a searchable video that was processed again is updated, not new', () => {
  const changes = new LibraryChanges();
  changes.noteVideos([video('a', 1)], true, 100);
  changes.noteVideos([video('a', 1, { search_process_status: 'processing' })], true, 200);
  expect(changes.since(all, 100)).toEqual({ added: 0, updated: 0, isMembershipChanged: false });
  changes.noteVideos([video('a', 1, { search_process_status: 'done' })], true, 300);
  expect(changes.since(all, 100)).toEqual({ added: 0, updated: 1, isMembershipChanged: false });
});

test('a collection whose members changed changes the scopes that name it, and no others', () => {
  const changes = new LibraryChanges();
  const collection = (count: number) => ({ collection_id: 'c', name: 'C', created_at: '', video_count: count });
  changes.noteCollections([collection(1)], 100);
  changes.noteCollections([collection(2)], 200);
  expect(changes.since({ collectionIds: ['c'] }, 150).isMembershipChanged).toBe(true);
  expect(changes.since({ collectionIds: ['c'] }, 250).isMembershipChanged).toBe(false);
  expect(changes.since({ collectionIds: ['d'] }, 0).isMembershipChanged).toBe(false);
  expect(changes.since(all, 0).isMembershipChanged).toBe(false);
});

test('deleted videos are not counted, restored ones are', () => {
  const changes = new LibraryChanges();
  changes.noteVideos([video('a', 1)], true, 100);
  changes.noteVideos([video('b', 2), video('a', 1)], true, 200);
  changes.forget(['b']);
  expect(changes.since(all, 100).added).toBe(0);
  changes.noteRestored(['b'], 300);
  expect(changes.since(all, 250).added).toBe(1);
});
