import { clearUploads } from '#shared/uploads/uploads-store.ts';
import { useDeletedVideos } from '#shared/videos/deleted-videos-store.ts';
import { clearConversations } from './conversations-store.ts';
import { clearMarkers } from './markers-store.ts';
import { resetPreferences } from './preferences-store.ts';
import { useRecentSearches } from './recent-searches-store.ts';
import { useVideoSets } from './video-sets-store.ts';

/**
 * Forgets everything that the studio stores in this browser: conversations, marks, the upload queue with its files, recent
 * searches, selections and preferences. In memory as well, so that nothing is written back.
 */
export async function forgetEverything(): Promise<void> {
  useRecentSearches.getState().clear();
  useVideoSets.setState({ sets: [] });
  useDeletedVideos.setState({ expiresAt: {} });
  resetPreferences();
  await Promise.all([clearConversations(), clearMarkers(), clearUploads()]);
  localStorage.clear();
  sessionStorage.clear();
}
