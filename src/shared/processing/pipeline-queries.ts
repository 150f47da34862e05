import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { inParallel } from '#api/concurrency.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import type { Pipeline } from '#api/resources/videos.ts';
import { isDone, isFailed, isTerminal } from '#api/status.ts';
import { backfillPipelines, startMissingPipelines } from '#api/workflows/videos.ts';
import { api, fetchLocal } from '#shared/platform/client.ts';
import { getPollInterval, withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { uploadStatusQuery } from '#shared/uploads/upload-queries.ts';
import { refreshProcessing } from '#shared/videos/video-queries.ts';
import { getStages, type StageView } from './stages.ts';

/** How far one pipeline of a video is; polled until it ends. */
const pipelineStatusQuery = (pipeline: Pipeline, videoId: string) =>
  queryOptions({
    queryKey: keys.pipeline(pipeline, videoId),
    queryFn: ({ signal }) =>
      pipeline === 'analyse'
        ? api.videos.getAnalyseStatus(videoId, { signal })
        : api.videos.getSearchProcessStatus(videoId, { signal }),
    refetchInterval: ({ state }) =>
      withBackoff(getPollInterval(!isTerminal(state.data?.status), state.dataUpdateCount), state),
  });

/** Starts those pipelines of a video that are missing or have failed. */
export function useStartMissing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (video: VideoListItem) => startMissingPipelines(api, video),
    onSettled: () => refreshProcessing(client),
  });
}

/** Has one pipeline of a video run, or run again. */
export function useInitiatePipeline(pipeline: Pipeline) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (videoId: string) =>
      pipeline === 'analyse' ? api.videos.initiateAnalyse(videoId) : api.videos.initiateSearchProcess(videoId),
    onSettled: () => refreshProcessing(client),
  });
}

/** Starts everything that is missing, eight videos at a time (the SDK's backfill recipe). */
export function useBackfill(onProgress: (started: number, total: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => backfillPipelines(api, { onProgress }),
    onSettled: () => refreshProcessing(client),
  });
}

const MAX_PARALLEL_VIDEOS = 4;

/** Processes videos anew from their sources; what they have now is served meanwhile. Embedded platform only. */
export function useProcessAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (videoIds: readonly string[]) =>
      inParallel(videoIds, MAX_PARALLEL_VIDEOS, (id) =>
        fetchLocal(`/local/videos/${id}/process-again`, { method: 'POST' }),
      ),
    onSettled: () => refreshProcessing(client),
  });
}

const RETRIED_STAGES = [
  ['thumbnails', 'thumbnail_generation_status'],
  ['transcode', 'transcoding_status'],
  ['hls', 'hls_generation_status'],
] as const;

/** Starts the failed steps of an upload's processing again. Embedded platform only. */
export function useRetryUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (video: VideoListItem) => {
      const failed = RETRIED_STAGES.find(([, status]) => isFailed(video[status]));
      if (failed) await fetchLocal(`/local/videos/${video.video_id}/stages/${failed[0]}/retry`, { method: 'POST' });
    },
    onSettled: () => refreshProcessing(client),
  });
}

const queueSchema = z.object({
  stages: z.array(z.object({ stage: z.string(), waiting: z.number(), is_stuck: z.boolean() })),
});
const QUEUE_POLL_MS = 10_000;

/** What waits although nothing is there to take it. Embedded platform only. */
export const queueQuery = queryOptions({
  queryKey: keys.queue,
  queryFn: async ({ signal }) => queueSchema.parse(await (await fetchLocal('/local/queue', { signal })).json()),
  refetchInterval: QUEUE_POLL_MS,
  staleTime: 0,
});

/** Running (how far?) or failed (why?): only then do the details say more than the list. */
const needsDetail = (word: string | null | undefined) =>
  isFailed(word) || ['in_progress', 'processing', 'running'].includes(word?.toLowerCase() ?? '');

/** The stages of a video in a list, with percentages of what runs and reasons of what failed. */
export function useStagesOfRow(row: VideoListItem): StageView[] {
  const { video_id: videoId } = row;
  const uploadWords = [row.thumbnail_generation_status, row.transcoding_status, row.hls_generation_status];
  const { data: upload } = useQuery({ ...uploadStatusQuery(videoId), enabled: uploadWords.some(needsDetail) });
  const { data: analyse } = useQuery({
    ...pipelineStatusQuery('analyse', videoId),
    enabled: needsDetail(row.analyse_status),
  });
  const { data: search } = useQuery({
    ...pipelineStatusQuery('search-process', videoId),
    enabled: needsDetail(row.search_process_status),
  });
  return getStages({ upload, analyse, search }, row);
}

/** The stages of a video of which only the id is known, watched until the last one has ended. */
export function useStagesOfVideo(videoId: string, willProcess: boolean): StageView[] {
  const { data: upload } = useQuery(uploadStatusQuery(videoId));
  const enabled = willProcess && isDone(upload?.hls_generation_status?.status);
  const { data: analyse } = useQuery({ ...pipelineStatusQuery('analyse', videoId), enabled });
  const { data: search } = useQuery({ ...pipelineStatusQuery('search-process', videoId), enabled });
  return getStages({ upload, analyse, search });
}
