import { clearUploads } from '#shared/uploads/uploads-store.ts';
import { useDeletedVideos } from '#shared/videos/deleted-videos-store.ts';
import { clearConversations } from './conversations-store.ts';
import { clearMarkers } from './markers-store.ts';
import { resetPreferences } from './preferences-store.ts';
import { useRecentSearches } from './recent-searches-store.ts';
import { clearReviews } from './reviews-store.ts';
import { useVideoSets } from './video-sets-store.ts';

/**
 * Forgets everything that the studio stores in this browser: conversations, markers, verdicts on results, the upload queue
 * with its files, recent searches, selections and preferences. In memory as well, so that nothing is written back.
 */
export async function forgetEverything(): Promise<void> {
  useRecentSearches.getState().clear();
  useVideoSets.setState({ sets: [] });
  useDeletedVideos.setState({ expiresAt: {} });
  resetPreferences();
  await Promise.all([clearConversations(), clearMarkers(), clearReviews(), clearUploads()]);
  localStorage.clear();
  sessionStorage.clear();
}

/** Tells the other tabs of this browser when its data has been cleared: by signing out, or by Clear in Settings. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('studio-session');

const announceCleared = (): void => channel?.postMessage('cleared');

/** Calls `listener` when another tab has cleared the browser data. Returns a function that unsubscribes. */
export function onBrowserCleared(listener: () => void): () => void {
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}

/** Forgets all that the studio stores in this browser, in every tab, and starts the page anew at `path`. */
export async function clearBrowser(path = window.location.pathname): Promise<void> {
  await forgetEverything();
  announceCleared();
  // A new page load: nothing that was in memory is left either.
  window.location.replace(path);
}
