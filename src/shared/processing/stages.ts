import type { TaskStatus, UploadStatus } from '#api/contracts/uploads.ts';
import type { PipelineStatus, VideoListItem } from '#api/contracts/videos.ts';
import { isDone, isFailed, isTerminal } from '#api/status.ts';
import { lacksPipeline } from '#api/workflows/videos.ts';

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

type StageState = 'waiting' | 'queued' | 'busy' | 'done' | 'failed';

/** One of the five steps from a file to a video that can be searched and asked. */
export interface StageView {
  readonly key: 'thumbnails' | 'transcode' | 'hls' | 'analyse' | 'search';
  readonly label: string;
  readonly state: StageState;
  /** 0..100 while busy, where the platform tells. */
  readonly percentage: number | null;
  readonly error: string | null;
  /** When the present run began, in milliseconds since the epoch, where the platform tells. */
  readonly startedAt: number | null;
}

type Detail = TaskStatus | PipelineStatus | null | undefined;
type Word = string | null | undefined;

/** What the platform calls a stage that has been asked for and has not begun. */
const QUEUED = new Set(['enqueued', 'queued']);

/**
 * The list and the details of a video are asked for at different times. A stage that the list shows as running again,
 * or as ended since, is as the list says; otherwise the details know more.
 */
function newest(detail: Detail, word: Word): Detail {
  if (word === undefined) return detail;
  if (detail && isTerminal(detail.status) === isTerminal(word)) return detail;
  return word === null ? null : { video_id: '', status: word };
}

function toStageState(status: Word): StageState {
  const word = status?.toLowerCase() ?? '';
  if (isDone(word)) return 'done';
  if (isFailed(word)) return 'failed';
  if (QUEUED.has(word)) return 'queued';
  return word === '' || word === 'pending' ? 'waiting' : 'busy';
}

function toView(key: StageView['key'], label: string, detail: Detail): StageView {
  const state = toStageState(detail?.status);
  const startedAt = detail?.started_at ? Date.parse(detail.started_at) : null;
  return { key, label, state, percentage: detail?.percentage ?? null, error: detail?.error ?? null, startedAt };
}

export interface StageDetails {
  readonly upload?: UploadStatus;
  readonly analyse?: PipelineStatus;
  readonly search?: PipelineStatus;
}

/** The five stages of a video from what is known: its row of a list, and the details where they were asked for. */
export function getStages({ upload, analyse, search }: StageDetails, row?: VideoListItem): StageView[] {
  return [
    toView('thumbnails', 'Thumbnail', newest(upload?.thumbnail_generation_status, row?.thumbnail_generation_status)),
    toView('transcode', 'Transcode', newest(upload?.transcoding_status, row?.transcoding_status)),
    toView('hls', 'HLS', newest(upload?.hls_generation_status, row?.hls_generation_status)),
    toView('analyse', 'Analyze', newest(analyse, row && (row.analyse_status ?? null))),
    toView('search', 'Search', newest(search, row && (row.search_process_status ?? null))),
  ];
}

/** The stages of an upload that is through: what was wished is done, and nobody needs to be asked. */
export function stagesWhenThrough(wasProcessed: boolean): StageView[] {
  const done = { video_id: '', status: 'completed', percentage: 100 };
  const upload = {
    video_id: '',
    thumbnail_generation_status: done,
    transcoding_status: done,
    hls_generation_status: done,
  };
  return getStages(wasProcessed ? { upload, analyse: done, search: done } : { upload });
}

/** Seconds that a busy stage has left, from how far it has come; null where that cannot be told yet. */
export function secondsLeft({ state, percentage, startedAt }: StageView, now: number): number | null {
  if (state !== 'busy' || startedAt === null || percentage === null || percentage < 3) return null;
  const elapsed = Math.max(0, now - startedAt) / 1000;
  return (elapsed * (100 - percentage)) / percentage;
}
