import { VIDEO_EXTENSIONS } from '#api/upload/content-type.ts';
import type { PickedFile } from './upload-records.ts';
import { useUploads } from './uploads-store.ts';

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
  if (!isVideo) return 'This is not a video file: the studio takes MP4, MOV, MKV, WebM, AVI and most others.';
  return file.size === 0 ? EMPTY_FILE : null;
}

/** True for the file that an upload has lost hold of, as far as can be told without reading it. */
const isSameFile = (file: File, item: { phase: string; filename: string; bytes: number }) =>
  item.phase === 'needs-file' && item.filename === file.name && item.bytes === file.size;

/**
 * Takes in files that were picked or dropped. A file whose upload was broken off goes on where it was; others wait to be
 * started; what is no video says so, except inside a folder, where it is passed over. Resolves to how many were.
 */
export function takeFiles(files: readonly File[]): number {
  let passedOver = 0;
  for (const file of files) {
    const { items, stage, attachFile } = useUploads.getState();
    const picked: PickedFile = { file, handle: (file as NotedFile).handle ?? null };
    const lost = items.find((item) => isSameFile(file, item));
    const folder = getFolder(file);
    const refusal = getRefusal(file);
    if (lost) attachFile(lost.id, picked);
    else if (refusal && folder !== null) passedOver += 1;
    else stage(picked, folder, refusal);
  }
  return passedOver;
}
