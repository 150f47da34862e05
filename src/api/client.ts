import { type ClientOptions, Http } from './http.ts';
import { chatResource } from './resources/chat.ts';
import { collectionsResource } from './resources/collections.ts';
import { embeddingsResource } from './resources/embeddings.ts';
import { searchResource } from './resources/search.ts';
import { uploadsResource } from './resources/uploads.ts';
import { videosResource } from './resources/videos.ts';

/**
 * The API as one object. In a browser: `createClient()`, same origin, no key (the gateway adds it). In Node:
 * `createClient({ baseUrl: 'http://localhost:8001', apiKey })`. Every call throws only `VideoSDKError`s.
 */
export function createClient(options: Partial<ClientOptions> = {}) {
  const http = new Http({
    baseUrl: '',
    timeoutMs: 30_000,
    retries: 2,
    fetch: (input, init) => globalThis.fetch(input, init),
    ...options,
  });
  return {
    uploads: uploadsResource(http),
    videos: videosResource(http),
    collections: collectionsResource(http),
    chat: chatResource(http),
    search: searchResource(http),
    embeddings: embeddingsResource(http),
  };
}

export type Client = ReturnType<typeof createClient>;
