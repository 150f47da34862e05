import { queryOptions } from '@tanstack/react-query';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { NotFoundError, PermissionDeniedError } from '#api/errors.ts';
import { isSearchable } from '#api/status.ts';
import { api, queryClient } from '#shared/platform/client.ts';
import { withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { allVideosQuery } from './all-videos-query.ts';
import { recentVideosQuery } from './video-queries.ts';

const EMPTY_POLL_MS = 5_000;
/** Names, lengths and pictures of a video do not change. */
const SUMMARY_STALE_MS = 300_000;

/** Whether there is a searchable video at all; polled until there is one. */
export const hasSearchableQuery = queryOptions({
  queryKey: keys.videos.hasSearchable,
  queryFn: async ({ signal }) => {
    for (const status of ['processed', 'search_processed'] as const) {
      const videos = await api.videos.list({ status, limit: 1 }, { signal });
      if (videos.some(isSearchable)) return true;
    }
    return false;
  },
  refetchInterval: ({ state }) => withBackoff(state.data === false ? EMPTY_POLL_MS : false, state),
});

/** Whether a video cannot be opened for good: it was deleted (404), or it does not exist for this API key (403). */
export const isVideoUnavailable = (error: unknown): boolean =>
  error instanceof NotFoundError || error instanceof PermissionDeniedError;

function findListed(videoId: string): VideoListItem | undefined {
  const lists = [recentVideosQuery.queryKey, allVideosQuery.queryKey].map((key) => queryClient.getQueryData(key) ?? []);
  return lists.flat().find(({ video_id }) => video_id === videoId);
}

/** A video as lists show it, for its name and pictures: from a list that is here already, or fetched by its id. */
export const videoSummaryQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videoSummary(videoId),
    queryFn: async ({ signal }): Promise<VideoListItem> =>
      findListed(videoId) ?? (await api.videos.get(videoId, { signal })),
    staleTime: SUMMARY_STALE_MS,
  });
