import { afterEach, expect, test, vi } from 'vitest';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import { forgetEverything } from './clear-browser.ts';
import { useConversations } from './conversations-store.ts';
import { markerActions, useMarkers } from './markers-store.ts';
import { usePreferences } from './preferences-store.ts';
import { useRecentSearches } from './recent-searches-store.ts';
import { toggleVerdict, useReviews } from './reviews-store.ts';
import { toVideosParameter, useVideoSets } from './video-sets-store.ts';

afterEach(() => vi.unstubAllGlobals());

test('nothing of the person who signs out is left', async () => {
  const storage = { clear: vi.fn() };
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('sessionStorage', storage);
  useConversations.getState().begin('video', null, 'Who is there?');
  markerActions.add('video', 1, 2);
  await vi.waitFor(() => expect(useMarkers.getState().byVideo.size).toBe(1));
  toggleVerdict({ videoId: 'video', startMs: 0 }, 'kept');
  await vi.waitFor(() => expect(useReviews.getState().byVideo.size).toBe(1));
  useRecentSearches.getState().add('a private question');
  toVideosParameter(Array.from({ length: 200 }, (_, index) => `${index}`));
  usePreferences.getState().set({ volume: 0.3 });
  useUploads.getState().stage({ file: new File(['a'], 'a.mp4'), handle: null }, null);

  await forgetEverything();
  expect(useConversations.getState().byId.size).toBe(0);
  expect(useMarkers.getState().byVideo.size).toBe(0);
  expect(useReviews.getState().byVideo.size).toBe(0);
  expect(useRecentSearches.getState().queries).toEqual([]);
  expect(useVideoSets.getState().sets).toEqual([]);
  expect(usePreferences.getState().volume).toBe(1);
  expect(useUploads.getState().items).toEqual([]);
  expect(storage.clear).toHaveBeenCalledTimes(2);
});
