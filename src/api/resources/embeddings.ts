import type { CallOptions, Http } from '../http.ts';
import { CHAT } from '../paths.ts';
import { textEmbeddingSchema, videoEmbeddingsSchema } from '../schemas/embeddings.ts';

/** `client.embeddings`: the vectors behind search. Each call costs 1 credit, so none is repeated after a network failure. */
export function embeddingsResource(http: Http) {
  return {
    /** The stored vector of every segment. 409 until search-process is done. */
    video(videoId: string, call?: CallOptions) {
      const path = `${CHAT}/embeddings/video/${encodeURIComponent(videoId)}`;
      return http.json(videoEmbeddingsSchema, { method: 'GET', path, idempotent: false }, call);
    },

    /** The vector of a text of 1 to 4096 characters, in the same space. */
    text(text: string, call?: CallOptions) {
      return http.json(textEmbeddingSchema, { method: 'POST', path: `${CHAT}/embeddings/text`, json: { text } }, call);
    },
  };
}
