import type { Client } from '../client.ts';
import type { VideoListItem } from '../contracts/videos.ts';
import type { CallOptions } from '../http.ts';
import { isDone, isFailed } from '../status.ts';
import { inParallel } from './in-parallel.ts';

const MAX_PARALLEL_VIDEOS = 8;

type PipelineStates = Pick<VideoListItem, 'video_id' | 'analyse_status' | 'search_process_status'>;

/** True where a pipeline has never been started, or has failed. One that waits or runs is left alone. */
const needsStart = (status: string | null | undefined) =>
  !status || isFailed(status) || status.toLowerCase() === 'pending';

/** True for a transcoded video with a pipeline that has to be started. */
export const lacksPipeline = (video: VideoListItem): boolean =>
  isDone(video.transcoding_status) && (needsStart(video.analyse_status) || needsStart(video.search_process_status));

/** Starts those of a video's two pipelines that have not been started, or have failed. */
export async function startMissingPipelines(client: Client, video: PipelineStates, call?: CallOptions): Promise<void> {
  const { video_id } = video;
  if (needsStart(video.analyse_status)) await client.videos.initiateAnalyse(video_id, call);
  if (needsStart(video.search_process_status)) await client.videos.initiateSearchProcess(video_id, call);
}

export interface BackfillOptions extends CallOptions {
  /** Called with how many videos have been started, and how many there are. */
  readonly onProgress?: (started: number, total: number) => void;
}

/** Starts the pipelines that are missing on every transcoded video, 8 videos at a time. Resolves to the ids of the videos. */
export async function backfillPipelines(client: Client, options: BackfillOptions = {}): Promise<string[]> {
  const { onProgress, ...call } = options;
  const pending: VideoListItem[] = [];
  for await (const video of client.videos.iterate({}, call)) if (lacksPipeline(video)) pending.push(video);
  let started = 0;
  return inParallel(pending, MAX_PARALLEL_VIDEOS, async (video) => {
    await startMissingPipelines(client, video, call);
    started += 1;
    onProgress?.(started, pending.length);
    return video.video_id;
  });
}
