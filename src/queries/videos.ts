import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { VideoListParams } from '#api/resources/videos.ts';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { isTerminal } from '#api/status.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';
import { pollInterval } from './polling.ts';

const PAGE_SIZE = 48;
/** A list lives as long as the app, so its pace does not depend on its age. */
const LIST_POLL_MS = 2_000;

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
export const videosQuery = (params: Omit<VideoListParams, 'skip' | 'limit'> = {}) =>
  infiniteQueryOptions({
    queryKey: keys.videos.list(params),
    queryFn: ({ pageParam, signal }) => api.videos.list({ ...params, skip: pageParam, limit: PAGE_SIZE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE_SIZE ? undefined : pages.length * PAGE_SIZE),
    refetchInterval: ({ state }) => (state.data?.pages.flat().some(isInMotion) ? LIST_POLL_MS : false),
  });

export const videoQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videos.details(videoId),
    queryFn: ({ signal }) => api.videos.get(videoId, { signal }),
    refetchInterval: ({ state }) =>
      pollInterval(state.data !== undefined && isInMotion(state.data), state.dataUpdateCount),
  });

/** Starts both pipelines, which make a video searchable and ready for questions. */
export function useProcessVideo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (videoId: string) =>
      Promise.all([api.videos.initiateAnalyse(videoId), api.videos.initiateSearchProcess(videoId)]),
    onSettled: () => client.invalidateQueries({ queryKey: keys.videos.all }),
  });
}

export function useDeleteVideo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (videoId: string) => api.videos.delete(videoId),
    onSettled: () => client.invalidateQueries({ queryKey: keys.videos.all }),
  });
}
