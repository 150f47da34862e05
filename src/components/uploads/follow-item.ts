import { ConflictError, NotFoundError, sentenceOf } from '#api/errors.ts';
import { startMissingPipelines } from '#api/recipes/backfill.ts';
import { getOrCreateCollection } from '#api/recipes/collections.ts';
import { waitForPipelines, waitUntilUploaded } from '#api/recipes/wait-until-ready.ts';
import { keepTrying } from '#api/upload/keep-trying.ts';
import { api, queryClient } from '#queries/client.ts';
import { keys } from '#queries/keys.ts';
import type { UploadItem } from '#stores/upload-item.ts';
import { useUploads } from '#stores/uploads.ts';

async function joinCollection(videoId: string, name: string, signal: AbortSignal): Promise<void> {
  const { collection_id } = await getOrCreateCollection(api, name, { signal });
  try {
    await api.collections.addVideo(collection_id, videoId, { signal });
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
  const step = <T>(work: () => Promise<T>) => keepTrying(work, { signal, attempts: Number.POSITIVE_INFINITY });
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.videos.all });
  try {
    void refresh();
    await step(() => waitUntilUploaded(api, videoId, { signal }));
    if (processWhenReady) {
      await step(async () => startMissingPipelines(api, await api.videos.get(videoId, { signal }), { signal }));
      void refresh();
      await step(() => waitForPipelines(api, videoId, { signal }));
    }
    if (collection !== null) await step(() => joinCollection(videoId, collection, signal));
    change(id, { phase: 'ready', error: null });
  } catch (error) {
    if (signal.aborted) return;
    const gone = error instanceof NotFoundError;
    change(id, { phase: 'failed', error: gone ? 'This video was deleted.' : sentenceOf(error) });
  } finally {
    void refresh();
  }
}
