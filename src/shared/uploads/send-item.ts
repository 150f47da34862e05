import { Limiter } from '#api/concurrency.ts';
import { APIError, getErrorMessage, NotFoundError, RateLimitError } from '#api/errors.ts';
import type { RetryWait } from '#api/retry.ts';
import type { UploadControl } from '#api/upload/upload-control.ts';
import { DifferentFileError, PreprocessError, UnreadableFileError } from '#api/upload/upload-errors.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { api } from '#shared/platform/client.ts';
import { getItemFile } from './picked-files.ts';
import type { UploadItem } from './upload-item.ts';
import { speedMeter, useUploadProgress } from './upload-progress-store.ts';
import { forgetFile } from './upload-records.ts';
import { uncacheFile, useUploads } from './uploads-store.ts';

const MIB = 1024 * 1024;
/** Up to this size a file goes in one request. */
const MAX_DIRECT_BYTES = 4 * 1024 * 1024;
/** Tries of each step before an upload counts as failed: some minutes of a platform that does not answer. */
const MAX_ATTEMPTS = 24;

/** Progress is shown this often: a page that draws itself all the time takes the processor from the bytes. */
const REPORT_MS = 250;

/** Parts in progress over all files. */
const limiter = new Limiter(usePreferences.getState().parallelParts);
usePreferences.subscribe(({ parallelParts }) => {
  limiter.max = parallelParts;
});

function toWait({ error, waitMs }: RetryWait) {
  const asked = error instanceof RateLimitError;
  const status = error instanceof APIError && !asked ? ` (${error.statusCode})` : '';
  const sentence = asked ? 'Rate limit reached.' : `The platform is not responding${status}.`;
  return { sentence, until: Date.now() + waitMs };
}

/** Has the platform process again what it has already; false when it does not have it any more. */
async function processAgain(item: UploadItem, signal: AbortSignal): Promise<boolean> {
  const { id, name, session, useDynamicHls, videoId: sentVideoId } = item;
  const { change } = useUploads.getState();
  try {
    if (session) {
      const { s3ObjectName, videoId } = session;
      await api.uploads.preprocess({ s3ObjectName, videoId, name, useDynamicHls }, { signal });
      change(id, { phase: 'processing', videoId });
      return true;
    }
    if (sentVideoId === null) return false;
    // Sent in one request, it is being processed for as long as it is there.
    await api.videos.get(sentVideoId, { signal });
    change(id, { phase: 'processing' });
    return true;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    change(id, { session: null, videoId: null });
    return false;
  }
}

async function sendBytes(item: UploadItem, file: File, control: UploadControl, signal: AbortSignal): Promise<void> {
  const { change } = useUploads.getState();
  const { report } = useUploadProgress.getState();
  const speed = speedMeter();
  const { id, name, useDynamicHls, contentType, session } =
    useUploads.getState().items.find((known) => known.id === item.id) ?? item;
  let reportedAt = 0;
  let partsArrived = -1;
  let partSize = session?.partSize ?? 0;
  change(id, { phase: 'uploading', error: null });
  const { video_id } = await api.uploads.uploadFile(file, {
    name,
    useDynamicHls,
    contentType: contentType ?? undefined,
    signal,
    control,
    limiter,
    parallel: 2 * limiter.max,
    partSize: usePreferences.getState().partMebibytes * MIB,
    attempts: MAX_ATTEMPTS,
    directUpTo: MAX_DIRECT_BYTES,
    idempotencyKey: id,
    session: session ?? undefined,
    onSession: (begun) => {
      partSize = begun.partSize;
      change(id, { session: begun });
    },
    onProgress: (sent, total, parts) => {
      const now = performance.now();
      // At its end, and when it is paused or interrupted, nothing follows.
      if (parts.inFlight > 0 && now - reportedAt < REPORT_MS) return;
      reportedAt = now;
      report(id, { sent, parts, speed: speed(sent) });
      if (parts.arrived === partsArrived) return;
      partsArrived = parts.arrived;
      change(id, { arrived: Math.min(total, parts.arrived * partSize) });
    },
    onWait: (wait) => report(id, { wait: toWait(wait) }),
  });
  change(id, { phase: 'processing', arrived: item.bytes, videoId: video_id });
  forgetFile(id);
  uncacheFile(id);
}

/** Sends one file of the queue, or what is missing of it, and notes how it went. Never throws. */
export async function sendItem(item: UploadItem, control: UploadControl, signal: AbortSignal): Promise<void> {
  const { change } = useUploads.getState();
  try {
    if (item.videoId !== null && (await processAgain(item, signal))) return;
    const file = await getItemFile(item.id);
    if (file) await sendBytes(item, file, control, signal);
    else change(item.id, { phase: 'needs-file' });
  } catch (error) {
    // Cancelled: what was at the platform has been dropped with it.
    if (signal.aborted) {
      change(item.id, { session: null, arrived: 0 });
      return;
    }
    const sentence = getErrorMessage(error);
    if (error instanceof UnreadableFileError || error instanceof DifferentFileError) {
      uncacheFile(item.id);
      forgetFile(item.id);
      change(item.id, { phase: 'needs-file', error: sentence });
    } else if (error instanceof PreprocessError) {
      change(item.id, { phase: 'failed', videoId: error.videoId, error: sentence });
    } else change(item.id, { phase: 'failed', error: sentence });
  } finally {
    useUploadProgress.getState().forget(item.id);
  }
}
