import { ConflictError, getErrorMessage, NotFoundError } from '#api/errors.ts';
import { isTransient, retry } from '#api/retry.ts';
import { UploadControl } from '#api/upload/upload-control.ts';
import { getOrCreateCollection } from '#api/workflows/collections.ts';
import { startMissingPipelines } from '#api/workflows/videos.ts';
import { waitForPipelines, waitUntilUploaded } from '#api/workflows/wait-until-ready.ts';
import { withExclusiveLock } from '#lib/exclusive-lock.ts';
import { api, queryClient } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { addSubtitleFile } from '#shared/videos/subtitle-files.ts';
import { sendItem } from './send-item.ts';
import type { UploadItem } from './upload-item.ts';
import { abortUpload } from './upload-queries.ts';
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
 * Adds the subtitle files that were selected with a video. Resolves to what went wrong, as a sentence; null when nothing did. What
 * was added is not added again after a reload.
 */
async function addSubtitles({ id, videoId, subtitles }: UploadItem, step: Step): Promise<string | null> {
  if (videoId === null) return null;
  const failures: string[] = [];
  for (const [index, file] of subtitles.entries()) {
    try {
      await step(() => addSubtitleFile(videoId, file));
    } catch (error) {
      if (error instanceof DOMException) throw error;
      failures.push(`${file.name} could not be added. ${getErrorMessage(error)}`);
    }
    useUploads.getState().change(id, { subtitles: subtitles.slice(index + 1) });
  }
  return failures.length > 0 ? failures.join(' ') : null;
}

/** Repeats work until it succeeds, or fails for good. */
type Step = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Sees an uploaded video through to the end, also in a hidden tab: waits for its stages, starts its pipelines and waits
 * for them, puts it into its collection; each where wished. Never throws.
 */
async function followItem(item: UploadItem, signal: AbortSignal): Promise<void> {
  const { id, videoId, processWhenReady, collection } = item;
  const { change } = useUploads.getState();
  if (videoId === null) return;
  // A hidden tab, or one without a connection, goes on for as long as it is open.
  const retries = Number.POSITIVE_INFINITY;
  const wait = { signal, attempts: retries };
  const step: Step = (work) => retry(work, { retries, canRetry: isTransient, signal, isPatient: true });
  const refresh = () => queryClient.invalidateQueries({ queryKey: keys.videos.all });
  try {
    void refresh();
    const failure = await addSubtitles(item, step);
    await waitUntilUploaded(api, videoId, wait);
    if (processWhenReady) {
      await step(async () => startMissingPipelines(api, await api.videos.get(videoId, toCall(signal)), toCall(signal)));
      void refresh();
      await waitForPipelines(api, videoId, wait);
    }
    if (collection !== null) await step(() => joinCollection(videoId, collection, signal));
    change(id, { phase: 'ready', error: failure });
  } catch (error) {
    if (signal.aborted) return;
    const gone = error instanceof NotFoundError;
    change(id, { phase: 'failed', error: gone ? 'This video was deleted.' : getErrorMessage(error) });
  } finally {
    void refresh();
  }
}

/** Files sent at once; the parts of all of them share one limit. */
const MAX_PARALLEL_FILES = 3;
/** Whoever holds this lock is the one tab that sends. */
const LOCK = 'studio-uploads';

interface Sending {
  readonly stop: AbortController;
  readonly control: UploadControl;
}

/** Works through the upload queue, in the tab that leads. */
class UploadRunner {
  readonly #sending = new Map<string, Sending>();
  readonly #following = new Map<string, AbortController>();
  readonly #aborting = new Set<string>();
  #isStopped = false;

  /** True while bytes are on their way. */
  get isSending(): boolean {
    return [...this.#sending.values()].some(({ control }) => !control.paused);
  }

  /** Makes what runs agree with what the queue says. */
  advance(): void {
    if (this.#isStopped) return;
    const { items } = useUploads.getState();
    const byId = new Map(items.map((item) => [item.id, item]));
    for (const [id, { stop, control }] of this.#sending) {
      const item = byId.get(id);
      if (!item || item.phase === 'cancelled') stop.abort();
      else if (item.paused || !navigator.onLine) control.pause();
      else control.resume();
    }
    for (const [id, stop] of this.#following) if (byId.get(id)?.phase !== 'processing') stop.abort();
    for (const item of items) this.#advanceItem(item);
  }

  /** Leaves the queue to the runner after this one, which sends what is missing. */
  stop(): void {
    this.#isStopped = true;
    for (const { control } of this.#sending.values()) control.pause();
    for (const stop of this.#following.values()) stop.abort();
  }

  #advanceItem(item: UploadItem): void {
    const { id, phase, paused, session } = item;
    if (this.#sending.has(id)) return;
    if ((phase === 'queued' || phase === 'uploading') && !paused && navigator.onLine) this.#send(item);
    if (phase === 'processing' && !this.#following.has(id)) this.#follow(item);
    if (phase === 'cancelled' && session && !this.#aborting.has(id)) this.#abort(item);
  }

  #send(item: UploadItem): void {
    const active = [...this.#sending.values()].filter(({ control }) => !control.paused).length;
    if (active >= MAX_PARALLEL_FILES) return;
    const sending = { stop: new AbortController(), control: new UploadControl() };
    this.#sending.set(item.id, sending);
    void sendItem(item, sending.control, sending.stop.signal).finally(() => {
      this.#sending.delete(item.id);
      this.advance();
    });
  }

  #follow(item: UploadItem): void {
    const stop = new AbortController();
    this.#following.set(item.id, stop);
    void followItem(item, stop.signal).finally(() => this.#following.delete(item.id));
  }

  /** Drops what a cancelled upload has left at the platform. */
  #abort({ id, session }: UploadItem): void {
    if (!session) return;
    this.#aborting.add(id);
    void abortUpload(session).finally(() => {
      this.#aborting.delete(id);
      useUploads.getState().change(id, { session: null, arrived: 0 });
    });
  }
}

/** What of the queue the runner acts on; progress changes items all the time and is no news to it. */
const signature = (items: readonly UploadItem[]) =>
  items.map(({ id, phase, paused }) => `${id} ${phase} ${paused}`).join();

async function lead(stop: AbortSignal): Promise<void> {
  const runner = new UploadRunner();
  const advance = () => runner.advance();
  const askBeforeLeaving = (event: BeforeUnloadEvent) => {
    if (runner.isSending) event.preventDefault();
  };
  window.addEventListener('online', advance);
  window.addEventListener('offline', advance);
  window.addEventListener('beforeunload', askBeforeLeaving);
  const unsubscribe = useUploads.subscribe((state, before) => {
    if (signature(state.items) !== signature(before.items)) runner.advance();
  });
  useUploads.getState().lead(true);
  await useUploads.getState().load();
  runner.advance();
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  unsubscribe();
  runner.stop();
  useUploads.getState().lead(false);
  window.removeEventListener('online', advance);
  window.removeEventListener('offline', advance);
  window.removeEventListener('beforeunload', askBeforeLeaving);
}

/**
 * Works through the upload queue for as long as the app is open: in one tab at a time, and when that one is closed, in the
 * next. Returns the function that stops it.
 */
export function startUploadRunner(): () => void {
  const stop = new AbortController();
  if (!useUploads.getState().isLoaded) void useUploads.getState().load();
  // The request is given up when the app goes before its turn has come.
  void withExclusiveLock(LOCK, stop.signal, () => lead(stop.signal));
  return () => stop.abort();
}
