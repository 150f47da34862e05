import { queryOptions } from '@tanstack/react-query';
import { listAllVideos } from '#api/workflows/list-all-videos.ts';
import { api } from '#shared/platform/client.ts';
import { withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { isInMotion, LIST_POLL_MS } from './video-queries.ts';

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
