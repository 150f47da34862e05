import { loadFile } from './upload-records.ts';
import { cacheFile, getCachedFile } from './uploads-store.ts';

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
