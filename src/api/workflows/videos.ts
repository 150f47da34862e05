import type { Client } from '../client.ts';
import { inParallel } from '../concurrency.ts';
import type { VideoListItem } from '../contracts/videos.ts';
import type { CallOptions } from '../http.ts';
import type { VideoListParams } from '../resources/videos.ts';
import { isDone, isFailed } from '../status.ts';

/** The largest page that the API returns. */
const PAGE_SIZE = 500;
const MAX_PARALLEL_PAGES = 4;

/**
 * Every video that matches, page after page, several pages at once when there are many. Lists that change while they are
 * read may repeat a video; each is returned once.
 */
export async function listAllVideos(
  client: Client,
  params: Omit<VideoListParams, 'skip' | 'limit'> = {},
  call?: CallOptions,
): Promise<VideoListItem[]> {
  const byId = new Map<string, VideoListItem>();
  let parallel = 1;
  for (let skip = 0; ; ) {
    const pages = await Promise.all(
      Array.from({ length: parallel }, (_, index) =>
        client.videos.listPage({ ...params, skip: skip + index * PAGE_SIZE, limit: PAGE_SIZE }, call),
      ),
    );
    for (const video of pages.flatMap(({ data }) => data)) byId.set(video.video_id, video);
    if (pages.some(({ isLast }) => isLast)) return [...byId.values()];
    skip += parallel * PAGE_SIZE;
    parallel = Math.min(MAX_PARALLEL_PAGES, parallel * 2);
  }
}

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
