import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { allVideosQuery } from './all-videos-query.ts';
import { isVideoUnavailable, videoSummaryQuery } from './video-lookup-query.ts';

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
