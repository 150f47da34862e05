import type { QueryClient } from '@tanstack/react-query';
import type { SearchHit, Visualization } from '#api/schemas/search.ts';
import { keys } from './keys.ts';
import { getLibraryChanges } from './library-changes.ts';

/**
 * Removes deleted videos from everything that is cached: hits of searches, points of maps, segments, details, vectors. Lists
 * are left to be fetched again. Returns a function that puts the results back, for when the videos are restored.
 */
export function evictVideos(client: QueryClient, videoIds: readonly string[]): () => void {
  const ids = new Set(videoIds);
  const putBack: (() => void)[] = [];
  const replace = <T>(queryKey: readonly unknown[], change: (data: T) => T) => {
    for (const [key, data] of client.getQueriesData<T>({ queryKey })) {
      const updatedAt = client.getQueryState(key)?.dataUpdatedAt;
      if (data === undefined || updatedAt === undefined) continue;
      // With its old time: a result without some hits is as old as it was.
      client.setQueryData(key, change(data), { updatedAt });
      putBack.push(() => client.setQueryData(key, data, { updatedAt }));
    }
  };
  replace<SearchHit[]>(keys.searches, (hits) => hits.filter(({ video_id }) => !ids.has(video_id)));
  replace<Visualization>(keys.maps, ({ videos, points, ...rest }) => ({
    ...rest,
    videos: Object.fromEntries(Object.entries(videos).filter(([id]) => !ids.has(id))),
    points: points.filter(({ video_id }) => !ids.has(video_id)),
  }));
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
