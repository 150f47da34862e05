import { forgetUploads } from '#shared/uploads/uploads-store.ts';
import { forgetConversations } from './conversations-store.ts';
import { forgetMarkers } from './markers-store.ts';

/** Forgets what this browser keeps of videos that are deleted: uploads, marks, conversations. */
export async function forgetVideos(videoIds: readonly string[]): Promise<void> {
  forgetUploads(videoIds);
  await Promise.all([forgetMarkers(videoIds), forgetConversations(videoIds)]);
}
