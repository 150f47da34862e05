import type { Client } from '../client.ts';
import { ConflictError } from '../errors.ts';
import type { CallOptions } from '../http.ts';
import type { Collection } from '../schemas/collections.ts';
import type { UploadFileOptions } from '../upload/upload-file.ts';
import { inParallel } from './in-parallel.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** The collection of that name, made when there is none. Rate limits are waited for by the client itself. */
export async function getOrCreateCollection(client: Client, name: string, call?: CallOptions): Promise<Collection> {
  try {
    return await client.collections.create(name, undefined, call);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    for await (const collection of client.collections.iterate(100, call)) {
      if (collection.name === name) return collection;
    }
    throw error;
  }
}

export interface BulkUploadOptions extends Pick<UploadFileOptions, 'useDynamicHls' | 'sendPart' | 'signal'> {
  /** Files under way at once. Default 2. */
  readonly filesAtOnce?: number;
  readonly intervalMs?: number;
  /** Called when a file is in the collection. */
  readonly onAdded?: (filename: string, videoId: string) => void;
}

/** A file's bytes and what it is called. In a browser a `File` is one. */
export type NamedFile = Blob & { readonly name: string };

/**
 * Uploads files, makes each searchable, and puts each into the collection of that name as soon as it is ready. The first
 * failure stops what has not begun; what was added stays.
 */
export async function bulkUpload(
  client: Client,
  files: readonly NamedFile[],
  collectionName: string,
  { filesAtOnce = 2, intervalMs, onAdded, signal, ...upload }: BulkUploadOptions = {},
): Promise<Collection> {
  const collection = await getOrCreateCollection(client, collectionName, { signal });
  await inParallel(files, filesAtOnce, async (file) => {
    const name = file.name.replace(/\.[^.]+$/, '') || file.name;
    const { video_id } = await client.uploads.uploadFile(file, { ...upload, signal, name, filename: file.name });
    await waitUntilReady(client, video_id, { signal, intervalMs });
    await client.collections.addVideo(collection.collection_id, video_id, { signal });
    onAdded?.(file.name, video_id);
  });
  return collection;
}
