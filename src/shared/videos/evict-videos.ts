import type { QueryClient } from '@tanstack/react-query';
import type { SearchHit, Visualization } from '#api/contracts/search.ts';
import { keys } from '#shared/platform/query-keys.ts';
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
  const pickVideos = (videos: Visualization['videos'], isPicked: typeof isKept) =>
    Object.fromEntries(Object.entries(videos).filter(([video_id]) => isPicked({ video_id })));
  replace<Visualization>(
    keys.maps,
    ({ videos, points, ...rest }) => ({ ...rest, videos: pickVideos(videos, isKept), points: points.filter(isKept) }),
    ({ videos, points, ...rest }, before) => ({
      ...rest,
      videos: { ...videos, ...pickVideos(before.videos, isDeleted) },
      points: [...points, ...before.points.filter(isDeleted)],
    }),
  );
  for (const id of ids) {
    const vectors = client.getQueryData(keys.embeddings.video(id));
    if (vectors) putBack.push(() => client.setQueryData(keys.embeddings.video(id), vectors));
    for (const queryKey of [
      keys.embeddings.video(id),
      keys.segments(id),
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
