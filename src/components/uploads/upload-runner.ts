import { AbortedError, sentenceOf } from '#api/errors.ts';
import { PreprocessError } from '#api/upload/upload-file.ts';
import { sendFile } from '#queries/uploads.ts';
import { fileOf, type UploadItem, useUploads } from '#stores/uploads.ts';

/** Files sent at once; each has several parts under way itself. */
const FILES_AT_ONCE = 2;
/** Over how long speed is measured. */
const SPEED_WINDOW_MS = 2_000;

const running = new Map<string, AbortController>();

/** Bytes a second over the last moments, from the totals it is told. */
function speedMeter(): (sent: number) => number {
  const history: { at: number; sent: number }[] = [];
  return (sent) => {
    const now = performance.now();
    history.push({ at: now, sent });
    while (history.length > 2 && now - (history[0]?.at ?? now) > SPEED_WINDOW_MS) history.shift();
    const [first] = history;
    const elapsed = first ? now - first.at : 0;
    return first && elapsed > 0 ? ((sent - first.sent) * 1000) / elapsed : 0;
  };
}

/** A name without its extension, as people would write it. */
const titleOf = (filename: string) => filename.replace(/\.[^.]+$/, '') || filename;

async function run(item: UploadItem): Promise<void> {
  const { update } = useUploads.getState();
  const file = fileOf(item.id);
  if (!file) {
    update(item.id, { phase: 'failed', error: 'The file is no longer at hand; pick it again.' });
    return;
  }
  const stop = new AbortController();
  running.set(item.id, stop);
  const speed = speedMeter();
  update(item.id, { phase: 'uploading' });
  try {
    const { video_id } = await sendFile(file, {
      name: titleOf(item.name),
      signal: stop.signal,
      onProgress: (sent) => update(item.id, { sent, speed: speed(sent) }),
    });
    update(item.id, { phase: 'processing', sent: item.bytes, speed: 0, videoId: video_id });
  } catch (error) {
    if (error instanceof AbortedError) return;
    const videoId = error instanceof PreprocessError ? error.videoId : null;
    update(item.id, { phase: 'failed', speed: 0, videoId, error: sentenceOf(error) });
  } finally {
    running.delete(item.id);
  }
}

function advance(): void {
  for (const item of useUploads.getState().items) {
    if (item.phase === 'cancelled') running.get(item.id)?.abort();
    if (item.phase !== 'queued' || running.has(item.id) || running.size >= FILES_AT_ONCE) continue;
    void run(item).finally(advance);
  }
}

/** Leaving the page while bytes are still on their way asks first. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (running.size > 0) event.preventDefault();
}

/** Works through the upload queue for as long as the app is open. Returns the function that stops it. */
export function startUploadRunner(): () => void {
  window.addEventListener('beforeunload', askBeforeLeaving);
  const stop = useUploads.subscribe((state, before) => {
    // Progress changes the items all the time; only a change of phase is news here.
    const phases = (items: readonly UploadItem[]) => items.map(({ phase }) => phase).join();
    if (phases(state.items) !== phases(before.items)) advance();
  });
  return () => {
    window.removeEventListener('beforeunload', askBeforeLeaving);
    stop();
  };
}
