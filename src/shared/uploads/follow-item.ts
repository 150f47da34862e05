import { ConflictError, getErrorMessage, NotFoundError } from '#api/errors.ts';
import { isTransient, retry } from '#api/retry.ts';
import { getOrCreateCollection } from '#api/workflows/collections.ts';
import { startMissingPipelines } from '#api/workflows/videos.ts';
import { waitForPipelines, waitUntilUploaded } from '#api/workflows/wait-until-ready.ts';
import { api, queryClient } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import type { UploadItem } from './upload-item.ts';
import { useUploads } from './uploads-store.ts';

/** How single requests are sent: the step that they belong to is repeated, not they by themselves. */
const toCall = (signal: AbortSignal) => ({ signal, retries: 0 });

async function joinCollection(videoId: string, name: string, signal: AbortSignal): Promise<void> {
  const { collection_id } = await getOrCreateCollection(api, name, toCall(signal));
  try {
    await api.collections.addVideo(collection_id, videoId, toCall(signal));
  } catch (error) {
    // It is in there already: an earlier answer was lost.
    if (!(error instanceof ConflictError)) throw error;
  }
  await queryClient.invalidateQueries({ queryKey: keys.collections.all });
}

/**
 * Sees an uploaded video through to the end, also in a hidden tab: waits for its stages, starts its pipelines and waits
 * for them, puts it into its collection; each where wished. Never throws.
 */
export async function followItem(item: UploadItem, signal: AbortSignal): Promise<void> {
  const { id, videoId, processWhenReady, collection } = item;
  const { change } = useUploads.getState();
  if (videoId === null) return;
  // A hidden tab, or one without a connection, goes on for as long as it is open.
  const retries = Number.POSITIVE_INFINITY;
  const wait = { signal, attempts: retries };
  const step = <T>(work: () => Promise<T>) => retry(work, { retries, canRetry: isTransient, signal, isPatient: true });
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.videos.all });
  try {
    void refresh();
    await waitUntilUploaded(api, videoId, wait);
    if (processWhenReady) {
      await step(async () => startMissingPipelines(api, await api.videos.get(videoId, toCall(signal)), toCall(signal)));
      void refresh();
      await waitForPipelines(api, videoId, wait);
    }
    if (collection !== null) await step(() => joinCollection(videoId, collection, signal));
    change(id, { phase: 'ready', error: null });
  } catch (error) {
    if (signal.aborted) return;
    const gone = error instanceof NotFoundError;
    change(id, { phase: 'failed', error: gone ? 'This video was deleted.' : getErrorMessage(error) });
  } finally {
    void refresh();
  }
}
