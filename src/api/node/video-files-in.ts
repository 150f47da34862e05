import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { VIDEO_EXTENSIONS } from '../upload/content-type.ts';
import type { NamedFile } from '../workflows/collections.ts';
import { openFile } from './open-file.ts';

/** The video files of a folder, sorted by name, for `bulkUpload`. Their bytes are read when they are sent. */
export async function videoFilesIn(folder: string): Promise<NamedFile[]> {
  const names = (await readdir(folder)).filter((name) => VIDEO_EXTENSIONS.includes(path.extname(name).toLowerCase()));
  return Promise.all(names.sort().map((name) => openFile(path.join(folder, name))));
}
