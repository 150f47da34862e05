import { expect, test, vi } from 'vitest';
import { getMarkers, markerActions, useMarkers } from '#shared/browser-data/markers-store.ts';
import { forgetExpiredVideos, noteDeleted, noteSettled, useDeletedVideos } from './deleted-videos-store.ts';

const countMarks = (videoId: string) => getMarkers(useMarkers.getState(), videoId).marks.length;

test('markers of a deleted video are kept while it can be restored, and forgotten then', async () => {
  for (const id of ['deleted', 'restored']) markerActions.add(id, 1, 2);
  await vi.waitFor(() => expect(countMarks('restored')).toBe(1));
  noteDeleted(['deleted', 'restored'], 1_000);
  noteSettled(['restored']);
  await forgetExpiredVideos(999);
  expect(countMarks('deleted')).toBe(1);
  await forgetExpiredVideos(1_000);
  expect([countMarks('deleted'), countMarks('restored')]).toEqual([0, 1]);
  expect(useDeletedVideos.getState().expiresAt).toEqual({});
});
