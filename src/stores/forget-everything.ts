import { clearConversations } from './conversations.ts';
import { useDeletedVideos } from './deleted-videos.ts';
import { clearMarks } from './marks.ts';
import { resetPreferences } from './preferences.ts';
import { useRecentSearches } from './recent-searches.ts';
import { clearUploads } from './uploads.ts';
import { useVideoSets } from './video-sets.ts';

/**
 * Forgets everything that the studio stores in this browser: conversations, marks, the upload queue with its files, recent
 * searches, selections and preferences. In memory as well, so that nothing is written back.
 */
export async function forgetEverything(): Promise<void> {
  useRecentSearches.getState().clear();
  useVideoSets.setState({ sets: [] });
  useDeletedVideos.setState({ expiresAt: {} });
  resetPreferences();
  await Promise.all([clearConversations(), clearMarks(), clearUploads()]);
  localStorage.clear();
  sessionStorage.clear();
}
