import { z } from 'zod/mini';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { forgetConversations } from '#shared/browser-data/conversations-store.ts';
import { forgetMarkers } from '#shared/browser-data/markers-store.ts';
import { forgetReviews } from '#shared/browser-data/reviews-store.ts';
import { api } from '#shared/platform/client.ts';
import { forgetUploads } from '#shared/uploads/uploads-store.ts';
import { isVideoUnavailable } from './video-lookup.ts';

/** Forgets what this browser keeps of videos that are deleted: uploads, markers, verdicts, conversations. */
export async function forgetVideos(videoIds: readonly string[]): Promise<void> {
  forgetUploads(videoIds);
  await Promise.all([forgetMarkers(videoIds), forgetReviews(videoIds), forgetConversations(videoIds)]);
}

const storedSchema = z.object({ expiresAt: z.record(z.string(), z.number()) });

interface DeletedVideosState {
  /** When each video can no longer be restored, in milliseconds since 1970. */
  readonly expiresAt: Readonly<Record<string, number>>;
}

/** Deleted videos that can still be restored: their markers and conversations are kept until then. */
export const useDeletedVideos = create<DeletedVideosState>()(
  persist((): DeletedVideosState => ({ expiresAt: {} }), {
    name: 'studio-deleted-videos',
    merge: (stored, current) => {
      const known = storedSchema.safeParse(stored);
      return known.success ? known.data : current;
    },
  }),
);

/** Notes that videos were deleted and can be restored until `expiresAt`. */
export function noteDeleted(videoIds: readonly string[], expiresAt: number): void {
  const added = Object.fromEntries(videoIds.map((id) => [id, expiresAt]));
  useDeletedVideos.setState((state) => ({ expiresAt: { ...state.expiresAt, ...added } }));
}

/** Notes that videos are back, or gone for good. */
export function noteSettled(videoIds: readonly string[]): void {
  useDeletedVideos.setState((state) => ({
    expiresAt: Object.fromEntries(Object.entries(state.expiresAt).filter(([id]) => !videoIds.includes(id))),
  }));
}

/** True when a video does not exist any more. Throws when that cannot be found out. */
async function isGone(videoId: string): Promise<boolean> {
  try {
    await api.videos.get(videoId);
    return false;
  } catch (error) {
    if (isVideoUnavailable(error)) return true;
    throw error;
  }
}

/**
 * Forgets what this browser stores of videos that can no longer be restored. What is stored of one that exists, because it was
 * restored in another browser, is kept; so is everything of one that cannot be asked for, until the next time.
 */
export async function forgetExpiredVideos(now = Date.now()): Promise<void> {
  const { expiresAt } = useDeletedVideos.getState();
  for (const [id, time] of Object.entries(expiresAt)) {
    if (time > now) continue;
    try {
      if (await isGone(id)) await forgetVideos([id]);
      noteSettled([id]);
    } catch {
      // The platform does not answer.
    }
  }
}
