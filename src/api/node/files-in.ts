import { openAsBlob } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { NamedFile } from '../recipes/collections.ts';
import { VIDEO_EXTENSIONS } from '../upload/content-type.ts';

/** The video files of a folder by name, ready for `bulkUpload`. Their bytes are read when they are sent. */
export async function videoFilesIn(folder: string): Promise<NamedFile[]> {
  const names = (await readdir(folder)).filter((name) => VIDEO_EXTENSIONS.includes(path.extname(name).toLowerCase()));
  return Promise.all(
    names.sort().map(async (name) => Object.assign(await openAsBlob(path.join(folder, name)), { name })),
  );
}
