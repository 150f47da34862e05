import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { inParallel } from '#api/concurrency.ts';
import { NotFoundError } from '#api/errors.ts';
import { fetchLocal, keepaliveApi } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { sendForEach } from '#shared/platform/send-for-each.ts';
import { evictVideos } from './evict-videos.ts';
import { getLibraryChanges } from './library-changes.ts';

const REQUESTS_AT_ONCE = 6;

const refreshLists = (client: QueryClient) =>
  Promise.all(
    [keys.videos.all, keys.collections.all, keys.trash, keys.disk].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );

/**
 * Deletes videos; rejects with the first refusal once all have been tried. Resolves to a function that puts cached results
 * back, for when the videos are restored. The requests are sent even when the page is left right away.
 */
export function useDeleteVideos() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (videoIds: readonly string[]) => {
      const failed = await sendForEach(videoIds, (videoId) => keepaliveApi.videos.delete(videoId));
      // One that is gone already is what was asked for.
      const refused = failed.filter(({ error }) => !(error instanceof NotFoundError));
      const kept = new Set(refused.map(({ id }) => id));
      const putBack = evictVideos(
        client,
        videoIds.filter((id) => !kept.has(id)),
      );
      if (refused[0]) throw refused[0].error;
      return putBack;
    },
    onSettled: () => refreshLists(client),
  });
}

const trashSchema = z.object({
  videos: z.array(
    z.object({
      video_id: z.string(),
      name: z.string(),
      /** ISO 8601. */
      deleted_at: z.string(),
      /** When it is deleted for good. */
      expires_at: z.string(),
      bytes: z.number(),
    }),
  ),
});
export type DeletedVideo = z.infer<typeof trashSchema>['videos'][number];

/** Deleted videos that can be restored. Embedded platform only. */
export const trashQuery = queryOptions({
  queryKey: keys.trash,
  queryFn: async ({ signal }) => trashSchema.parse(await (await fetchLocal('/local/trash', { signal })).json()).videos,
});

/** Restores deleted videos; rejects with the first refusal once all have been tried. Embedded platform only. */
export function useRestoreVideos() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (videoIds: readonly string[]) => {
      const errors: unknown[] = [];
      const restored: string[] = [];
      await inParallel(videoIds, REQUESTS_AT_ONCE, (videoId) =>
        fetchLocal(`/local/videos/${encodeURIComponent(videoId)}/restore`, { method: 'POST' }).then(
          () => void restored.push(videoId),
          (error: unknown) => void errors.push(error),
        ),
      );
      getLibraryChanges().noteRestored(restored);
      if (errors.length > 0) throw errors[0];
    },
    onSettled: () => refreshLists(client),
  });
}

const emptiedSchema = z.object({ deleted: z.number() });

/** Deletes everything in the trash for good; resolves to the number of videos. Embedded platform only. */
export function useEmptyTrash() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const response = await fetchLocal('/local/trash', { method: 'DELETE' });
      return emptiedSchema.parse(await response.json()).deleted;
    },
    onSettled: () => refreshLists(client),
  });
}
