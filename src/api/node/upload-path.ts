import path from 'node:path';
import type { Client } from '../client.ts';
import type { UploadJob } from '../contracts/uploads.ts';
import type { UploadFileOptions } from '../upload/upload-file.ts';
import { openFile } from './open-file.ts';
import { sendPartFromNode } from './send-part.ts';

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
