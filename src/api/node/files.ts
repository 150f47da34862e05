import { openAsBlob } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '../client.ts';
import type { UploadJob } from '../contracts/uploads.ts';
import { VIDEO_EXTENSIONS } from '../upload/filename.ts';
import type { UploadFileOptions } from '../upload/upload-file.ts';
import type { NamedFile } from '../workflows/collections.ts';
import { sendPartFromNode } from './send-part.ts';

/**
 * A file of the local disk, for every call that takes a `Blob`: `client.uploads.direct(await openFile('clip.mp4'), …)`. It
 * carries the file's name; its bytes are read when they are sent, so it may be larger than memory.
 */
export async function openFile(file: string): Promise<NamedFile> {
  return Object.assign(await openAsBlob(file), { name: path.basename(file) });
}

/** The video files of a folder, sorted by name, for `bulkUpload`. Their bytes are read when they are sent. */
export async function videoFilesIn(folder: string): Promise<NamedFile[]> {
  const names = (await readdir(folder)).filter((name) => VIDEO_EXTENSIONS.includes(path.extname(name).toLowerCase()));
  return Promise.all(names.sort().map((name) => openFile(path.join(folder, name))));
}

/**
 * Uploads a file of the local disk as `client.uploads.uploadFile` does, with progress while its bytes leave. The file may be
 * larger than memory. The video's name is the file's, without its extension, unless one is given.
 */
export async function uploadPath(
  client: Client,
  file: string,
  options: Partial<UploadFileOptions> = {},
): Promise<UploadJob> {
  return client.uploads.uploadFile(await openFile(file), {
    ...options,
    name: options.name ?? path.parse(file).name,
    sendPart: options.sendPart ?? (client.uploads.hasOwnFetch ? undefined : sendPartFromNode),
  });
}
