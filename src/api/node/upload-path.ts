import { openAsBlob } from 'node:fs';
import path from 'node:path';
import type { Client } from '../client.ts';
import type { UploadJob } from '../schemas/uploads.ts';
import { type UploadFileOptions, uploadFile } from '../upload/upload-file.ts';
import { sendPartFromNode } from './send-part.ts';

type PathOptions = Partial<UploadFileOptions>;

/** Uploads a file of the local disk, streamed: it may be larger than memory. Its name is the file's unless one is given. */
export async function uploadPath(client: Client, file: string, options: PathOptions = {}): Promise<UploadJob> {
  const { name, base } = path.parse(file);
  return uploadFile(client.uploads, await openAsBlob(file), {
    name,
    filename: base,
    sendPart: sendPartFromNode,
    ...options,
  });
}
