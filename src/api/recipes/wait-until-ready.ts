import type { Client } from '../client.ts';
import { VideoSDKError } from '../errors.ts';
import { delay } from '../http.ts';
import type { UploadStatus } from '../schemas/uploads.ts';
import type { PipelineStatus } from '../schemas/videos.ts';
import { derivedStatus, isFailed, isTerminal } from '../status.ts';

export interface WaitOptions<Progress> {
  readonly signal?: AbortSignal;
  /** Called after every look. */
  readonly onProgress?: (progress: Progress) => void;
  /** Milliseconds between looks. Default 2000. */
  readonly intervalMs?: number;
}

/** The file, or what was made of it, cannot be processed; the message says why. */
export class ProcessingFailedError extends VideoSDKError {
  override name = 'ProcessingFailedError';
}

const DEFAULT_INTERVAL_MS = 2_000;

/** Resolves when thumbnails, transcoding and HLS are done; throws `ProcessingFailedError` when one of them fails. */
export async function waitUntilUploaded(
  client: Client,
  videoId: string,
  { signal, onProgress, intervalMs = DEFAULT_INTERVAL_MS }: WaitOptions<UploadStatus> = {},
): Promise<void> {
  for (;;) {
    const status = await client.uploads.getStatus(videoId, { signal });
    onProgress?.(status);
    const derived = derivedStatus(status);
    if (derived === 'completed') return;
    if (derived === 'failed') throw new ProcessingFailedError(status.error_message ?? 'Processing failed.');
    await delay(intervalMs, signal);
  }
}

export interface PipelineProgress {
  readonly analyse: PipelineStatus;
  readonly search: PipelineStatus;
}

/** Resolves when both pipelines have ended well; throws `ProcessingFailedError` when one of them fails. */
export async function waitForPipelines(
  client: Client,
  videoId: string,
  { signal, onProgress, intervalMs = DEFAULT_INTERVAL_MS }: WaitOptions<PipelineProgress> = {},
): Promise<void> {
  for (;;) {
    const [analyse, search] = await Promise.all([
      client.videos.getAnalyseStatus(videoId, { signal }),
      client.videos.getSearchProcessStatus(videoId, { signal }),
    ]);
    onProgress?.({ analyse, search });
    const failed = [analyse, search].find(({ status }) => isFailed(status));
    if (failed) throw new ProcessingFailedError(failed.error ?? 'A pipeline failed.');
    if (isTerminal(analyse.status) && isTerminal(search.status)) return;
    await delay(intervalMs, signal);
  }
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
  { signal, onProgress, intervalMs }: WaitOptions<ReadyProgress> = {},
): Promise<void> {
  const wait = { signal, intervalMs };
  await waitUntilUploaded(client, videoId, { ...wait, onProgress: (upload) => onProgress?.({ upload }) });
  await Promise.all([
    client.videos.initiateAnalyse(videoId, { signal }),
    client.videos.initiateSearchProcess(videoId, { signal }),
  ]);
  await waitForPipelines(client, videoId, { ...wait, onProgress: (pipelines) => onProgress?.({ pipelines }) });
}
