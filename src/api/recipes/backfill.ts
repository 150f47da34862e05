import type { Client } from '../client.ts';
import type { CallOptions } from '../http.ts';
import type { VideoListItem } from '../schemas/videos.ts';
import { isDone } from '../status.ts';
import { inParallel } from './in-parallel.ts';

const AT_ONCE = 8;

const isIncomplete = (video: VideoListItem) =>
  isDone(video.transcoding_status) && !(isDone(video.analyse_status) && isDone(video.search_process_status));

/** Starts the pipelines that are missing on every transcoded video, 8 at a time. Resolves to the ids it started. */
export async function backfillPipelines(client: Client, call?: CallOptions): Promise<string[]> {
  const pending: VideoListItem[] = [];
  for await (const video of client.videos.iterate({}, call)) if (isIncomplete(video)) pending.push(video);
  return inParallel(pending, AT_ONCE, async ({ video_id, analyse_status, search_process_status }) => {
    if (!isDone(analyse_status)) await client.videos.initiateAnalyse(video_id, call);
    if (!isDone(search_process_status)) await client.videos.initiateSearchProcess(video_id, call);
    return video_id;
  });
}
