import { forgetConversationsOf } from './conversations.ts';
import { forgetMarksOf } from './marks.ts';
import { forgetUploadsOf } from './uploads.ts';

/** Forgets what this browser keeps of videos that are deleted: uploads, marks, conversations. */
export async function forgetVideos(videoIds: readonly string[]): Promise<void> {
  forgetUploadsOf(videoIds);
  await Promise.all([forgetMarksOf(videoIds), forgetConversationsOf(videoIds)]);
}
