import {
  type TextEmbeddingResponse,
  textEmbeddingResponseSchema,
  type VideoEmbeddingsResponse,
  videoEmbeddingsResponseSchema,
} from '../contracts/embeddings.ts';
import type { CallOptions, Http } from '../http.ts';
import { CHAT } from '../paths.ts';

/**
 * `client.embeddings`: the vectors behind search. Each call costs 1 credit (returned on failure), so none is sent again after a
 * lost connection.
 */
export function embeddingsResource(http: Http) {
  return {
    /** The stored vector of every segment of a video. Throws `ConflictError` until its search-process is done. */
    video(videoId: string, call?: CallOptions): Promise<VideoEmbeddingsResponse> {
      const path = `${CHAT}/embeddings/video/${encodeURIComponent(videoId)}`;
      const spec = { method: 'GET' as const, path, isIdempotent: call?.idempotencyKey !== undefined };
      return http.json(videoEmbeddingsResponseSchema, spec, call);
    },

    /** The vector of a text of 1 to 4096 characters, in the same space. `data` has exactly one entry. */
    text(text: string, call?: CallOptions): Promise<TextEmbeddingResponse> {
      const spec = { method: 'POST' as const, path: `${CHAT}/embeddings/text`, json: { text } };
      return http.json(textEmbeddingResponseSchema, spec, call);
    },
  };
}
