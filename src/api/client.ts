/// <reference lib="esnext.disposable" preserve="true" />
import { type ClientOptions, Http } from './http.ts';
import { chatResource } from './resources/chat.ts';
import { collectionsResource } from './resources/collections.ts';
import { embeddingsResource } from './resources/embeddings.ts';
import { searchResource } from './resources/search.ts';
import { uploadsResource } from './resources/uploads.ts';
import { videosResource } from './resources/videos.ts';

/** The six groups of calls. Every call takes `{ signal, timeoutMs, retries, idempotencyKey }` last. */
export interface Client {
  /** Four ways to upload a video, and the status of its processing. */
  readonly uploads: ReturnType<typeof uploadsResource>;
  /** List, details, delete, and the two pipelines that make a video searchable. */
  readonly videos: ReturnType<typeof videosResource>;
  /** Named sets of processed videos. */
  readonly collections: ReturnType<typeof collectionsResource>;
  /** Questions about one video. */
  readonly chat: ReturnType<typeof chatResource>;
  /** Vector search over segments, and the 2-D map of them. */
  readonly search: ReturnType<typeof searchResource>;
  /** The vectors behind search. */
  readonly embeddings: ReturnType<typeof embeddingsResource>;
  /** Cancels all calls, streams and uploads that are running, and resolves when they have ended. Later calls are refused. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * The API as one object. In Node: `createClient({ apiKey })`, for a platform at `http://localhost:8001`, or with a `baseUrl`.
 * In a browser: `createClient()`, for the page's own origin, where a server adds the key. Every call throws only
 * `VideoSDKError`s, and takes `{ signal, timeoutMs, retries, idempotencyKey }` last.
 *
 * ```ts
 * await using client = createClient({ apiKey });
 * const videos = await client.videos.list({ status: 'processed' });
 * ```
 */
export function createClient(options: ClientOptions = {}): Client {
  const http = new Http(options);
  return {
    uploads: uploadsResource(http),
    videos: videosResource(http),
    collections: collectionsResource(http),
    chat: chatResource(http),
    search: searchResource(http),
    embeddings: embeddingsResource(http),
    close: () => http.close(),
    [Symbol.asyncDispose]: () => http.close(),
  };
}
