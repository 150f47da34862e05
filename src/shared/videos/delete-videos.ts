import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { inParallel } from '#api/concurrency.ts';
import type { SearchHit } from '#api/contracts/search.ts';
import { NotFoundError } from '#api/errors.ts';
import { fetchLocal, keepaliveApi } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { sendForEach } from '#shared/platform/send-for-each.ts';
import type { MapState } from '#shared/search/map-data.ts';
import { getLibraryChanges } from './library-changes.ts';

/**
 * Removes deleted videos from everything that is cached: hits of searches, points of maps, segments, details, vectors. Lists
 * are left to be fetched again. Returns a function that puts the results back, for when the videos are restored.
 */
export function evictVideos(client: QueryClient, videoIds: readonly string[]): () => void {
  const ids = new Set(videoIds);
  const putBack: (() => void)[] = [];
  /** Takes something out of cached results. `merge` puts it back into what they have become since. */
  const replace = <T>(queryKey: readonly unknown[], remove: (data: T) => T, merge: (now: T, before: T) => T) => {
    for (const [key, before] of client.getQueriesData<T>({ queryKey })) {
      const updatedAt = client.getQueryState(key)?.dataUpdatedAt;
      if (before === undefined || updatedAt === undefined) continue;
      // With its old time: a result without some hits is as old as it was.
      client.setQueryData(key, remove(before), { updatedAt });
      putBack.push(() => {
        // What has been fetched anew meanwhile stays as it is.
        if (client.getQueryState(key)?.dataUpdatedAt !== updatedAt) return;
        client.setQueryData<T>(key, (now) => now && merge(now, before), { updatedAt });
      });
    }
  };
  const isDeleted = ({ video_id }: { readonly video_id: string }) => ids.has(video_id);
  const isKept = (item: { readonly video_id: string }) => !isDeleted(item);
  replace<SearchHit[]>(
    keys.searches,
    (hits) => hits.filter(isKept),
    (now, before) => [...now, ...before.filter(isDeleted)].sort((a, b) => a.rank - b.rank),
  );
  replace<MapState>(
    keys.maps,
    (map) => ({ ...map, deletedIds: new Set([...map.deletedIds, ...ids]) }),
    (now, before) => ({
      ...now,
      deletedIds: new Set([...now.deletedIds].filter((id) => !ids.has(id) || before.deletedIds.has(id))),
    }),
  );
  for (const id of ids) {
    const vectors = client.getQueryData(keys.embeddings.video(id));
    if (vectors) putBack.push(() => client.setQueryData(keys.embeddings.video(id), vectors));
    for (const queryKey of [
      keys.embeddings.video(id),
      keys.segments(id),
      keys.videoText(id),
      keys.videos.details(id),
      keys.videoSummary(id),
      keys.uploads.status(id),
      keys.pipeline('analyse', id),
      keys.pipeline('search-process', id),
    ]) {
      client.removeQueries({ queryKey });
    }
  }
  getLibraryChanges().forget(videoIds);
  return () => {
    for (const act of putBack) act();
  };
}

const MAX_PARALLEL_REQUESTS = 6;

/** Needed once something is deleted. */
export const loadDeletedVideos = () => import('./deleted-videos-store.ts');

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

/**
 * Restores deleted videos; rejects with the first refusal once all have been tried. What this browser stores of those that are
 * back is kept. Embedded platform only.
 */
export function useRestoreVideos() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (videoIds: readonly string[]) => {
      const errors: unknown[] = [];
      const restored: string[] = [];
      await inParallel(videoIds, MAX_PARALLEL_REQUESTS, (videoId) =>
        fetchLocal(`/local/videos/${encodeURIComponent(videoId)}/restore`, { method: 'POST' }).then(
          () => void restored.push(videoId),
          (error: unknown) => void errors.push(error),
        ),
      );
      getLibraryChanges().noteRestored(restored);
      const { noteSettled } = await loadDeletedVideos();
      noteSettled(restored);
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
