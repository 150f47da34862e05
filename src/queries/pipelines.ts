import { queryOptions } from '@tanstack/react-query';
import type { Pipeline } from '#api/resources/videos.ts';
import { isTerminal } from '#api/status.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';
import { pollInterval } from './polling.ts';

/** How far one pipeline of a video is; polled until it ends. */
export const pipelineStatusQuery = (pipeline: Pipeline, videoId: string) =>
  queryOptions({
    queryKey: keys.pipeline(pipeline, videoId),
    queryFn: ({ signal }) =>
      pipeline === 'analyse'
        ? api.videos.getAnalyseStatus(videoId, { signal })
        : api.videos.getSearchProcessStatus(videoId, { signal }),
    refetchInterval: ({ state }) => pollInterval(!isTerminal(state.data?.status), state.dataUpdateCount),
  });
