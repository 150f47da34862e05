import { VIDEO_EXTENSIONS } from '#api/upload/filename.ts';
import { belongsTo, isSubtitleFile } from '#shared/videos/subtitle-files.ts';
import { loadFile, type PickedFile } from './upload-records.ts';
import { cacheFile, getCachedFile, useUploads } from './uploads-store.ts';

const isHandle = (kept: File | FileSystemFileHandle): kept is FileSystemFileHandle => 'getFile' in kept;

/** Chromium asks again for the right to read a file that was picked on an earlier visit. */
interface WithPermission {
  queryPermission?(options: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'read' }): Promise<PermissionState>;
}

async function mayRead(handle: FileSystemFileHandle & WithPermission, ask: boolean): Promise<boolean> {
  if ((await handle.queryPermission?.({ mode: 'read' })) === 'granted') return true;
  return ask && (await handle.requestPermission?.({ mode: 'read' })) === 'granted';
}

/**
 * The file of a queued upload: at hand, kept by the browser, or opened again through its handle. Null when it has to be
 * picked again. `ask` may show the browser's question, so it must come from a click.
 */
export async function getItemFile(id: string, ask = false): Promise<File | null> {
  const atHand = getCachedFile(id);
  if (atHand) return atHand;
  const kept = await loadFile(id);
  if (!kept) return null;
  try {
    if (isHandle(kept) && !(await mayRead(kept, ask))) return null;
    const file = isHandle(kept) ? await kept.getFile() : kept;
    cacheFile(id, file);
    return file;
  } catch {
    return null;
  }
}

/** True when one click is enough to go on: the browser still has a handle on the file. */
export const isOneClickAway = async (id: string): Promise<boolean> => {
  const kept = await loadFile(id);
  return kept !== undefined && isHandle(kept);
};

/** What the drop zone notes on a file: where in a dropped folder it lay, and the browser's handle on it. */
type NotedFile = File & { readonly relativePath?: string; readonly handle?: FileSystemFileHandle };

/** The folder that a file was picked or dropped with; null for one that came alone. */
export function getFolder(file: NotedFile): string | null {
  const path = file.webkitRelativePath || file.relativePath || '';
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  return steps.length > 1 ? (steps[0] ?? null) : null;
}

export const EMPTY_FILE = 'This file is empty: it has 0 bytes.';

/** Why a file cannot be uploaded, as a sentence; null when it can be tried. */
export function getRefusal(file: File): string | null {
  const extension = `.${file.name.split('.').pop()?.toLowerCase() ?? ''}`;
  const isVideo = file.type.startsWith('video/') || VIDEO_EXTENSIONS.includes(extension);
  if (!isVideo) return 'This is not a video file: the studio supports MP4, MOV, MKV, WebM, AVI and most other formats.';
  return file.size === 0 ? EMPTY_FILE : null;
}

/** True for the file that an upload has lost hold of, as far as can be told without reading it. */
const isSameFile = (file: File, item: { phase: string; filename: string; bytes: number }) =>
  item.phase === 'needs-file' && item.filename === file.name && item.bytes === file.size;

/** Subtitles without their video; what the embedded platform alone can take. */
const LONE_SUBTITLES =
  'These are subtitles: select them together with their video (clip.en.srt with clip.mp4), or add them on the video’s page.';

/** Notes subtitles on the video that waits to be started under the same name; false when there is none. */
function attachSubtitles(file: File): boolean {
  const { items, change } = useUploads.getState();
  const video = items.findLast(({ phase, filename }) => phase === 'staged' && belongsTo(file.name, filename));
  if (!video) return false;
  change(video.id, { subtitles: [...video.subtitles.filter(({ name }) => name !== file.name), file] });
  return true;
}

/**
 * Takes in files that were picked or dropped. Subtitles go with the video of their name. A file whose upload was broken off goes on where it was; others wait to be
 * started; what is no video says so, except inside a folder, where it is passed over. Resolves to how many were.
 */
export function takeFiles(files: readonly File[]): number {
  let passedOver = 0;
  // Videos first, which subtitles are noted on.
  const ordered = [...files].sort((a, b) => Number(isSubtitleFile(a)) - Number(isSubtitleFile(b)));
  for (const file of ordered) {
    if (isSubtitleFile(file) && attachSubtitles(file)) continue;
    const { items, stage, attachFile } = useUploads.getState();
    const picked: PickedFile = { file, handle: (file as NotedFile).handle ?? null };
    const lost = items.find((item) => isSameFile(file, item));
    const folder = getFolder(file);
    const refusal = isSubtitleFile(file) ? LONE_SUBTITLES : getRefusal(file);
    if (lost) attachFile(lost.id, picked);
    else if (refusal && folder !== null) passedOver += 1;
    else stage(picked, folder, refusal);
  }
  return passedOver;
}
