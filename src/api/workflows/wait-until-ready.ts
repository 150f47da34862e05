import type { Client } from '../client.ts';
import type { UploadStatus } from '../contracts/uploads.ts';
import type { PipelineStatus } from '../contracts/videos.ts';
import { VideoSDKError } from '../errors.ts';
import { createIdempotencyKey, delay, isTransient, type RetryWait, retry } from '../retry.ts';
import { derivedStatus, isFailed, isTerminal } from '../status.ts';

export interface WaitOptions<Progress> {
  readonly signal?: AbortSignal;
  /** Called with each status. */
  readonly onProgress?: (progress: Progress) => void;
  /** Milliseconds between requests. Default 2000. */
  readonly intervalMs?: number;
  /**
   * How often a request may fail in a row for a reason that may pass (no connection, 5xx, a rate limit) before the wait fails.
   * Default 10, which is about 2 minutes.
   */
  readonly attempts?: number;
  /** Called before each pause after a failed request. */
  readonly onWait?: (wait: RetryWait) => void;
}

/** The file, or what was made of it, cannot be processed; the message says why. */
export class ProcessingFailedError extends VideoSDKError {
  override name = 'ProcessingFailedError';
}

const DEFAULT_INTERVAL_MS = 2_000;
const DEFAULT_ATTEMPTS = 10;

/** How the requests of a wait are sent: `poll` repeats them. */
const toCall = ({ signal }: { readonly signal?: AbortSignal }) => ({ signal, retries: 0 });

/** Asks until `isSettled` says of an answer that it is the last. */
async function poll<Status>(
  ask: () => Promise<Status>,
  isSettled: (status: Status) => boolean,
  options: WaitOptions<Status>,
): Promise<void> {
  const { signal, onWait, onProgress, intervalMs = DEFAULT_INTERVAL_MS, attempts = DEFAULT_ATTEMPTS } = options;
  const policy = { retries: attempts - 1, canRetry: isTransient, signal, onWait, isPatient: true };
  for (;;) {
    const status = await retry(ask, policy);
    onProgress?.(status);
    if (isSettled(status)) return;
    await delay(intervalMs, signal);
  }
}

/**
 * Resolves when thumbnails, transcoding and HLS are done. Throws `ProcessingFailedError` when one of them fails, and
 * `NotFoundError` when the video is deleted meanwhile.
 */
export function waitUntilUploaded(
  client: Client,
  videoId: string,
  options: WaitOptions<UploadStatus> = {},
): Promise<void> {
  const isSettled = (status: UploadStatus) => {
    const derived = derivedStatus(status);
    if (derived === 'failed') throw new ProcessingFailedError(status.error_message ?? 'Processing failed.');
    return derived === 'completed';
  };
  return poll(() => client.uploads.getStatus(videoId, toCall(options)), isSettled, options);
}

export interface PipelineProgress {
  readonly analyse: PipelineStatus;
  readonly search: PipelineStatus;
}

/** Resolves when both pipelines are done. Throws `ProcessingFailedError` when one of them fails. */
export function waitForPipelines(
  client: Client,
  videoId: string,
  options: WaitOptions<PipelineProgress> = {},
): Promise<void> {
  const ask = async () => {
    const [analyse, search] = await Promise.all([
      client.videos.getAnalyseStatus(videoId, toCall(options)),
      client.videos.getSearchProcessStatus(videoId, toCall(options)),
    ]);
    return { analyse, search };
  };
  const isSettled = ({ analyse, search }: PipelineProgress) => {
    const failed = [analyse, search].find(({ status }) => isFailed(status));
    if (failed) throw new ProcessingFailedError(failed.error ?? 'A pipeline failed.');
    return isTerminal(analyse.status) && isTerminal(search.status);
  };
  return poll(ask, isSettled, options);
}

export interface ReadyProgress {
  readonly upload?: UploadStatus;
  readonly pipelines?: PipelineProgress;
}

/**
 * Takes an uploaded video all the way: waits for its upload stages, starts both pipelines and waits for them. When this
 * resolves, the video can be searched, mapped, asked and put into collections.
 */
export async function waitUntilReady(
  client: Client,
  videoId: string,
  { onProgress, ...options }: WaitOptions<ReadyProgress> = {},
): Promise<void> {
  await waitUntilUploaded(client, videoId, { ...options, onProgress: (upload) => onProgress?.({ upload }) });
  const { signal, onWait, attempts = DEFAULT_ATTEMPTS } = options;
  // With a key, these are sent again after a lost connection, too.
  const toStart = () => ({ signal, onWait, retries: attempts - 1, idempotencyKey: createIdempotencyKey() });
  await Promise.all([
    client.videos.initiateAnalyse(videoId, toStart()),
    client.videos.initiateSearchProcess(videoId, toStart()),
  ]);
  await waitForPipelines(client, videoId, { ...options, onProgress: (pipelines) => onProgress?.({ pipelines }) });
}
