import { queryOptions, type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { NotFoundError, PermissionDeniedError } from '#api/errors.ts';
import { isSearchable } from '#api/status.ts';
import { listAllVideos } from '#api/workflows/videos.ts';
import { api, queryClient } from '#shared/platform/client.ts';
import { withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { isInMotion, LIST_POLL_MS, recentVideosQuery } from './video-queries.ts';

/** The poll of the whole list slows down by one step for this many videos. */
const VIDEOS_PER_STEP = 1_000;

/** All videos at once, newest first; polled while one of them is being processed, the slower the more there are. */
export const allVideosQuery = queryOptions({
  queryKey: keys.videos.everything,
  queryFn: ({ signal }) => listAllVideos(api, {}, { signal }),
  refetchInterval: ({ state }) =>
    withBackoff(
      state.data?.some(isInMotion) ? LIST_POLL_MS * (1 + Math.floor(state.data.length / VIDEOS_PER_STEP)) : false,
      state,
    ),
});

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
const videoSummaryQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videoSummary(videoId),
    queryFn: async ({ signal }): Promise<VideoListItem> =>
      findListed(videoId) ?? (await api.videos.get(videoId, { signal })),
    staleTime: SUMMARY_STALE_MS,
  });

/** Up to this many videos are fetched one by one; for more, the list of all videos is faster. */
const MAX_SINGLE_REQUESTS = 60;
const LIST_STALE_MS = 60_000;

export interface VideoLookup {
  /** Undefined while it is loading, and for a video that does not exist. */
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
  /** Videos that no longer exist. */
  readonly missing: readonly string[];
  readonly isPending: boolean;
}

/** Names and pictures of some videos, without waiting for the list of all. `ids` should keep its identity. */
export function useVideoLookup(ids: readonly string[]): VideoLookup {
  const isMany = ids.length > MAX_SINGLE_REQUESTS;
  const combine = useCallback(
    (results: UseQueryResult<VideoListItem>[]) => ({
      videos: results.flatMap(({ data }) => data ?? []),
      missing: ids.filter((_, index) => isVideoUnavailable(results[index]?.error)),
      isPending: results.some(({ isPending }) => isPending),
    }),
    [ids],
  );
  const single = useQueries({ queries: isMany ? [] : ids.map(videoSummaryQuery), combine });
  const list = useQuery({ ...allVideosQuery, enabled: isMany, refetchInterval: false, staleTime: LIST_STALE_MS });
  const videos = (isMany ? list.data : single.videos) ?? single.videos;
  const byId = useMemo(() => new Map(videos.map((video) => [video.video_id, video])), [videos]);
  const { missing } = single;
  return {
    // Tables sort by these: they must not change with each render.
    getVideo: useCallback((videoId: string) => byId.get(videoId), [byId]),
    getName: useCallback(
      (videoId: string) => byId.get(videoId)?.name ?? (missing.includes(videoId) ? 'Deleted video' : 'Video'),
      [byId, missing],
    ),
    missing,
    isPending: isMany ? list.isPending : single.isPending,
  };
}
