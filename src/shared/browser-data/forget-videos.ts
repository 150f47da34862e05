import { forgetUploadsOf } from '#shared/uploads/uploads-store.ts';
import { forgetConversationsOf } from './conversations-store.ts';
import { forgetMarksOf } from './markers-store.ts';

/** Forgets what this browser keeps of videos that are deleted: uploads, marks, conversations. */
export async function forgetVideos(videoIds: readonly string[]): Promise<void> {
  forgetUploadsOf(videoIds);
  await Promise.all([forgetMarksOf(videoIds), forgetConversationsOf(videoIds)]);
}
