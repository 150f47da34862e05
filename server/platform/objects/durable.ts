import { open, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** Writes and renames that are on the disk, not merely in its cache, when they resolve. */

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Flushes a file. */
export const syncFile = sync;

/** Flushes a folder's entries: without it, a crash may undo a rename. Windows keeps them by itself, and refuses. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder);
}

/** Gives a complete file its name: the file, then the rename are flushed. */
export async function publishFile(from: string, to: string): Promise<void> {
  await sync(from);
  await rename(from, to);
  await syncFolder(path.dirname(to));
}

/** Flushes every file in a folder, and the folders. Resolves to the bytes in it. */
export async function syncTree(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) bytes += await syncTree(child);
    else {
      await sync(child);
      bytes += (await stat(child)).size;
    }
  }
  await syncFolder(folder);
  await syncFolder(path.dirname(folder));
  return bytes;
}
