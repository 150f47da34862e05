import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { duplicatesSchema, type VideoListItem } from '#api/contracts/videos.ts';
import type { VideoListParams } from '#api/resources/videos.ts';
import { isTerminal } from '#api/status.ts';
import { api, fetchLocal } from '#shared/platform/client.ts';
import { getPollInterval, withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';

/** A platform answers 150 rows about as fast as 50, and a list that is asked again is asked page after page. */
const PAGE_SIZE = 150;
/** The largest page that the API returns. */
const MAX_PAGE_SIZE = 500;
/** Newest videos that are watched from every page. */
const RECENT_COUNT = 50;
/** A list lives as long as the app, so its pace does not depend on its age. */
export const LIST_POLL_MS = 2_000;
/** Videos also come from other tabs, people and programs. */
const IDLE_POLL_MS = 30_000;

/** A list that is asked again is asked page after page: the more there are, the longer it counts as fresh. */
const PAGE_STALE_MS = 5_000;

const DUPLICATE_POLL_MS = 3_000;

const underWay = (status: string | null | undefined) => Boolean(status) && !isTerminal(status);

/** True while a stage of the video is waiting or running, so that its status is worth asking for again. */
export function isInMotion(video: VideoListItem): boolean {
  const stages = [
    video.transcoding_status,
    video.hls_generation_status,
    video.thumbnail_generation_status,
    video.analyse_status,
    video.search_process_status,
  ];
  return stages.some(underWay);
}

/** All videos, page after page; asked again while one of them is being processed. */
const videosQuery = (params: Omit<VideoListParams, 'skip' | 'limit'> = {}) =>
  infiniteQueryOptions({
    queryKey: keys.videos.list(params),
    queryFn: ({ pageParam, signal }) => api.videos.list({ ...params, skip: pageParam, limit: PAGE_SIZE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE_SIZE ? undefined : pages.length * PAGE_SIZE),
    staleTime: ({ state }) => PAGE_STALE_MS * (state.data?.pages.length ?? 1),
    refetchInterval: ({ state }) =>
      withBackoff(state.data?.pages.flat().some(isInMotion) ? LIST_POLL_MS * state.data.pages.length : false, state),
  });

/** The same list as a whole. */
const completeVideosQuery = (params: Omit<VideoListParams, 'skip' | 'limit'>) =>
  queryOptions({
    queryKey: keys.videos.complete(params),
    queryFn: async ({ signal }) => {
      const videos: VideoListItem[] = [];
      for await (const video of api.videos.iterate({ ...params, limit: MAX_PAGE_SIZE }, { signal })) videos.push(video);
      return videos;
    },
    refetchInterval: ({ state }) => {
      const pages = Math.ceil((state.data?.length ?? 0) / PAGE_SIZE);
      return withBackoff(state.data?.some(isInMotion) ? LIST_POLL_MS * pages : false, state);
    },
  });

/**
 * Videos whose name contains a text, page after page. The API has no such filter: with a text, all videos are listed, and
 * until they have come the pages that are there are shown.
 */
export function useVideoList(params: Omit<VideoListParams, 'skip' | 'limit'>, name: string, isEnabled = true) {
  const wanted = name.trim().toLowerCase();
  const isFiltered = wanted !== '';
  const paged = useInfiniteQuery({ ...videosQuery(params), enabled: isEnabled && !isFiltered });
  const complete = useQuery({
    ...completeVideosQuery(params),
    enabled: isEnabled && isFiltered,
    placeholderData: () => paged.data?.pages.flat(),
  });
  const { isPending, error, refetch } = isFiltered ? complete : paged;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = paged;
  const videos = useMemo(() => {
    const listed = (isFiltered ? complete.data : paged.data?.pages.flat()) ?? [];
    return listed.filter((video) => video.name.toLowerCase().includes(wanted));
  }, [isFiltered, wanted, complete.data, paged.data]);
  const loadMore = useCallback(() => {
    if (!isFiltered && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isFiltered, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    videos,
    isPending,
    error,
    refetch,
    hasMore: isFiltered ? complete.isPlaceholderData : hasNextPage,
    isLoadingMore: isFiltered ? complete.isPlaceholderData : isFetchingNextPage,
    loadMore,
  };
}

/** As many of the newest videos as may be in motion at once: cheap enough to be watched from every page. */
export const recentVideosQuery = queryOptions({
  queryKey: keys.videos.recent,
  queryFn: ({ signal }) => api.videos.list({ limit: RECENT_COUNT }, { signal }),
  refetchInterval: ({ state }) => withBackoff(state.data?.some(isInMotion) ? LIST_POLL_MS : IDLE_POLL_MS, state),
  // The tab's title says when something has finished, which is of use where the tab is not seen.
  refetchIntervalInBackground: true,
});

export const videoQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videos.details(videoId),
    queryFn: ({ signal }) => api.videos.get(videoId, { signal }),
    refetchInterval: ({ state }) =>
      withBackoff(getPollInterval(state.data !== undefined && isInMotion(state.data), state.dataUpdateCount), state),
  });

/** What the start of a pipeline makes old. */
export const refreshProcessing = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: keys.videos.all }),
    client.invalidateQueries({ queryKey: keys.pipelines }),
  ]);

/** Starts both pipelines, which make a video searchable and ready for questions. */
export function useProcessVideo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (videoId: string) =>
      Promise.all([api.videos.initiateAnalyse(videoId), api.videos.initiateSearchProcess(videoId)]),
    onSettled: () => refreshProcessing(client),
  });
}

/**
 * Other videos of the same file, which the embedded platform alone knows: once it has read the file, so the answer while the
 * video is processed is asked for until there is one, and once more when it is done.
 */
export const duplicatesQuery = (videoId: string, isProcessing: boolean) =>
  queryOptions({
    queryKey: keys.duplicates(videoId, isProcessing),
    queryFn: async ({ signal }) => {
      const response = await fetchLocal(`/local/videos/${encodeURIComponent(videoId)}/duplicates`, { signal });
      return duplicatesSchema.parse(await response.json()).duplicates;
    },
    refetchInterval: ({ state }) => (isProcessing && !state.data?.length ? DUPLICATE_POLL_MS : false),
  });
