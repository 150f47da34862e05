import type { CallOptions, Http } from '../http.ts';
import { CHAT } from '../paths.ts';
import { searchHitsSchema, visualizationSchema } from '../schemas/search.ts';

/** Videos, a collection, or both (their union). */
export interface Scope {
  readonly videoIds?: readonly string[];
  readonly collectionId?: string;
  /** Every searchable video. Understood by the embedded platform only: elsewhere, name the videos. */
  readonly allVideos?: boolean;
}

const wireScope = ({ videoIds, collectionId, allVideos }: Scope) => ({
  video_ids: videoIds,
  collection_id: collectionId,
  all_videos: allVideos,
});

/** `client.search`: vector search over segments, and the 2-D map of them. */
export function searchResource(http: Http) {
  return {
    /** Ranked hits. Costs 1 credit (returned on failure), so it is not retried after a network failure. */
    search(query: string, scope: Scope & { topK?: number }, call?: CallOptions) {
      const json = { query, ...wireScope(scope), top_k: scope.topK };
      return http.json(searchHitsSchema, { method: 'POST', path: `${CHAT}/search`, json }, call);
    },

    /** UMAP of every segment in scope, scaled to [0, 1]. Free; 400 under two segments. */
    visualize(scope: Scope, call?: CallOptions) {
      return http.json(
        visualizationSchema,
        { method: 'POST', path: `${CHAT}/visualize`, json: wireScope(scope), idempotent: true },
        { timeoutMs: 120_000, ...call },
      );
    },
  };
}
