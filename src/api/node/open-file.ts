import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { NamedFile } from '../workflows/collections.ts';

/**
 * A file of the local disk, for every call that takes a `Blob`: `client.uploads.direct(await openFile('clip.mp4'), …)`. It
 * carries the file's name; its bytes are read when they are sent, so it may be larger than memory.
 */
export async function openFile(file: string): Promise<NamedFile> {
  return Object.assign(await openAsBlob(file), { name: path.basename(file) });
}
