/// <reference lib="esnext.disposable" preserve="true" />
import { type ClientOptions, Http } from './http.ts';
import { chatResource } from './resources/chat.ts';
import { collectionsResource } from './resources/collections.ts';
import { embeddingsResource } from './resources/embeddings.ts';
import { searchResource } from './resources/search.ts';
import { uploadsResource } from './resources/uploads.ts';
import { videosResource } from './resources/videos.ts';

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
export function createClient(options: ClientOptions = {}) {
  const http = new Http(options);
  /** Cancels all calls, streams and uploads that are running, and resolves when they have ended. Later calls are refused. */
  const close = () => http.close();
  return {
    /** Four ways to upload a video, and the status of its processing. */
    uploads: uploadsResource(http),
    /** List, details, delete, and the two pipelines that make a video searchable. */
    videos: videosResource(http),
    /** Named sets of processed videos. */
    collections: collectionsResource(http),
    /** Questions about one video. */
    chat: chatResource(http),
    /** Vector search over segments, and the 2-D map of them. */
    search: searchResource(http),
    /** The vectors behind search. */
    embeddings: embeddingsResource(http),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export type Client = ReturnType<typeof createClient>;
