import type { VideoListItem } from '#api/contracts/videos.ts';
import { isDone, isFailed, isTerminal } from '#api/status.ts';
import { lacksPipeline } from '#api/workflows/backfill.ts';

/** Where a video stands on its way to being searchable: in motion, broken off, waiting for somebody to start it, or there. */
export type ProcessingState = 'running' | 'failed' | 'missing' | 'done';

const stagesIn = (video: VideoListItem) => [
  video.thumbnail_generation_status,
  video.transcoding_status,
  video.hls_generation_status,
  video.analyse_status,
  video.search_process_status,
];

/** How much of its way a video has behind it, 0..1, counted in stages. */
export const fractionDone = (video: VideoListItem): number => stagesIn(video).filter(isDone).length / 5;

export function getProcessingState(video: VideoListItem): ProcessingState {
  const stages = stagesIn(video);
  if (stages.some(isFailed)) return 'failed';
  if (stages.every(isDone)) return 'done';
  const uploadDone = stages.slice(0, 3).every(isDone);
  const isMoving = stages.some((status) => Boolean(status) && !isTerminal(status));
  return uploadDone && lacksPipeline(video) && !isMoving ? 'missing' : 'running';
}
