import type { Client } from '../client.ts';
import { inParallel } from '../concurrency.ts';
import type { Collection } from '../contracts/collections.ts';
import { ConflictError } from '../errors.ts';
import type { CallOptions } from '../http.ts';
import type { UploadFileOptions } from '../upload/upload-file.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** The collection of that name, created when there is none. The client itself waits for rate limits. */
export async function getOrCreateCollection(client: Client, name: string, call?: CallOptions): Promise<Collection> {
  // Names have no spaces around them, so that one with spaces would be found under no name.
  const trimmed = name.trim();
  try {
    return await client.collections.create(trimmed, undefined, call);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    for await (const collection of client.collections.iterate(100, call)) {
      if (collection.name === trimmed) return collection;
    }
    throw error;
  }
}

/** A file's bytes and what it is called. In a browser a `File` is one; in Node `openFile` makes one. */
export type NamedFile = Blob & { readonly name: string };

export interface BulkUploadOptions extends Pick<UploadFileOptions, 'useDynamicHls' | 'sendPart' | 'signal'> {
  /** Files in progress at once. Default 2. */
  readonly filesAtOnce?: number;
  /** Milliseconds between requests for a video's status. Default 2000. */
  readonly intervalMs?: number;
  /** Called when a file is in the collection. */
  readonly onAdded?: (filename: string, videoId: string) => void;
  /** True where a failed file is part of the result and does not stop the others. Default false. */
  readonly reportFailures?: boolean;
}

/** What became of one file. `videoId` is null when it failed before it was uploaded. */
export type BulkUploadResult =
  | { readonly status: 'added'; readonly filename: string; readonly videoId: string }
  | { readonly status: 'failed'; readonly filename: string; readonly videoId: string | null; readonly error: unknown };

export interface BulkUploadReport {
  readonly collection: Collection;
  /** One for each file, in the order of the files. */
  readonly results: readonly BulkUploadResult[];
}

/**
 * Uploads files, makes each searchable, and puts each into the collection of that name as soon as it is ready.
 *
 * The first failure cancels the files in progress, and rejects when they have stopped and their parts are dropped; what was
 * added stays. With `reportFailures`, all files are tried, and the result says what became of each. A cancel by `signal` rejects
 * in both cases.
 */
export async function bulkUpload(
  client: Client,
  files: readonly NamedFile[],
  collectionName: string,
  options: BulkUploadOptions & { readonly reportFailures: true },
): Promise<BulkUploadReport>;
export async function bulkUpload(
  client: Client,
  files: readonly NamedFile[],
  collectionName: string,
  options?: BulkUploadOptions,
): Promise<Collection>;
export async function bulkUpload(
  client: Client,
  files: readonly NamedFile[],
  collectionName: string,
  { filesAtOnce = 2, intervalMs, onAdded, signal, reportFailures = false, ...upload }: BulkUploadOptions = {},
): Promise<Collection | BulkUploadReport> {
  const collection = await getOrCreateCollection(client, collectionName, { signal });
  const stop = new AbortController();
  const call = { signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal };

  const results = await inParallel(files, filesAtOnce, async (file): Promise<BulkUploadResult> => {
    const { name: filename } = file;
    let videoId: string | null = null;
    try {
      const name = filename.replace(/\.[^.]+$/, '') || filename;
      const job = await client.uploads.uploadFile(file, { ...upload, ...call, name });
      videoId = job.video_id;
      await waitUntilReady(client, videoId, { ...call, intervalMs });
      await client.collections.addVideo(collection.collection_id, videoId, call);
      onAdded?.(filename, videoId);
      return { status: 'added', filename, videoId };
    } catch (error) {
      if (reportFailures && !signal?.aborted) return { status: 'failed', filename, videoId, error };
      stop.abort();
      throw error;
    }
  });
  return reportFailures ? { collection, results } : collection;
}
