import { afterEach, expect, test, vi } from 'vitest';
import { getMarkers, markerActions, useMarkers } from '#shared/browser-data/markers-store.ts';
import { forgetExpiredVideos, noteDeleted, noteSettled, useDeletedVideos } from './deleted-videos-store.ts';

afterEach(() => vi.unstubAllGlobals());

const countMarks = (videoId: string) => getMarkers(useMarkers.getState(), videoId).marks.length;

test('markers of a deleted video are kept while it can be restored, and forgotten then', async () => {
  for (const id of ['deleted', 'restored']) markerActions.add(id, 1, 2);
  await vi.waitFor(() => expect(countMarks('restored')).toBe(1));
  noteDeleted(['deleted', 'restored'], 1_000);
  noteSettled(['restored']);
  vi.stubGlobal('fetch', async () => Response.json({ detail: 'No such video.' }, { status: 404 }));
  await forgetExpiredVideos(999);
  expect(countMarks('deleted')).toBe(1);
  await forgetExpiredVideos(1_000);
  expect([countMarks('deleted'), countMarks('restored')]).toEqual([0, 1]);
  expect(useDeletedVideos.getState().expiresAt).toEqual({});
});

test('markers of a video that was restored elsewhere are kept, and those of one that cannot be asked for until it can', async () => {
  markerActions.add('elsewhere', 1, 2);
  await vi.waitFor(() => expect(countMarks('elsewhere')).toBe(1));
  noteDeleted(['elsewhere'], 1_000);
  let answer = () => Response.json({ detail: 'Starting.' }, { status: 400 });
  vi.stubGlobal('fetch', async () => answer());
  await forgetExpiredVideos(1_000);
  expect(Object.keys(useDeletedVideos.getState().expiresAt)).toEqual(['elsewhere']);
  answer = () => Response.json({ video_id: 'elsewhere', name: 'Clip' });
  await forgetExpiredVideos(1_000);
  expect(countMarks('elsewhere')).toBe(1);
  expect(useDeletedVideos.getState().expiresAt).toEqual({});
});
