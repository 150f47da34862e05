/**
 * Status words are not one vocabulary: analyse ends in `done`, search-process in `success`, uploads in `completed`,
 * lists may say `DONE`. Compare through these, never with `===`.
 */

const DONE = new Set(['done', 'success', 'completed']);
const FAILED = new Set(['failed', 'error']);

type Word = string | null | undefined;

export const isDone = (status: Word): boolean => DONE.has((status ?? '').toLowerCase());
export const isFailed = (status: Word): boolean => FAILED.has((status ?? '').toLowerCase());
export const isTerminal = (status: Word): boolean => isDone(status) || isFailed(status);

interface VideoState {
  readonly status?: Word;
  readonly analyse_status?: Word;
  readonly search_process_status?: Word;
}

const VIDEO_STATUSES = new Set(['uploaded', 'analysed', 'search_processed', 'processed']);

/** A video's `status` in lower case; null where the platform sends none, or another word. */
function getKnownStatus({ status }: VideoState): string | null {
  const word = status?.toLowerCase() ?? '';
  return VIDEO_STATUSES.has(word) ? word : null;
}

/**
 * True when the video can be searched and mapped. A video that is being processed again stays searchable: its `status` says
 * so while `search_process_status` tells of the new run.
 */
export function isSearchable(video: VideoState): boolean {
  const status = getKnownStatus(video);
  if (status === null) return isDone(video.search_process_status);
  return status === 'search_processed' || status === 'processed';
}

/** True when the video can be asked questions and join a collection, too: both pipelines have results. */
export function isProcessed(video: VideoState): boolean {
  const status = getKnownStatus(video);
  if (status === null) return isDone(video.search_process_status) && isDone(video.analyse_status);
  return status === 'processed';
}

export type DerivedStatus = 'pending' | 'in_progress' | 'completed' | 'failed';

interface Stages {
  readonly thumbnail_generation_status?: { readonly status: string } | null;
  readonly transcoding_status?: { readonly status: string } | null;
  readonly hls_generation_status?: { readonly status: string } | null;
}

/**
 * Rolls the three upload stages into one word (SDK: `UploadStatus.derived_status`): `failed` if any failed, `completed`
 * if all three did, `in_progress` if any has started, else `pending`.
 */
export function derivedStatus(status: Stages): DerivedStatus {
  const words = [status.thumbnail_generation_status, status.transcoding_status, status.hls_generation_status].map(
    (stage) => stage?.status ?? 'pending',
  );
  if (words.some(isFailed)) return 'failed';
  if (words.every(isDone)) return 'completed';
  return words.some((word) => word.toLowerCase() !== 'pending') ? 'in_progress' : 'pending';
}
