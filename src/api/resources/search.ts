import type { Exclusion, SearchFilters } from '../contracts/requests.ts';
import {
  type SearchHit,
  type SearchOption,
  searchHitsSchema,
  type Visualization,
  visualizationSchema,
} from '../contracts/search.ts';
import type { CallOptions, Http } from '../http.ts';
import { CHAT } from '../paths.ts';

/** A projection of many segments takes its time. */
const VISUALIZE_TIMEOUT_MS = 120_000;

/** Videos, a collection, or both (their union). */
export interface Scope {
  readonly videoIds?: readonly string[];
  readonly collectionId?: string;
  /** Every searchable video. Understood by the embedded platform only: elsewhere, name the videos. */
  readonly allVideos?: boolean;
}

export interface SearchSettings {
  /** How many hits at most; 5 by default. */
  readonly topK?: number;
  /** What is looked through; everything by default. Understood by the embedded platform only. */
  readonly searchOptions?: readonly SearchOption[];
  /** Which videos of the scope are searched. Understood by the embedded platform only. */
  readonly filters?: SearchFilters;
  /** What hits are not to be like; at most 5. Understood by the embedded platform only. */
  readonly exclude?: readonly Exclusion[];
}

/** A scope as requests have it. */
export const toScopeBody = ({ videoIds, collectionId, allVideos }: Scope) => ({
  video_ids: videoIds,
  collection_id: collectionId,
  all_videos: allVideos,
});

/** `client.search`: vector search over segments, and the 2-D map of them. */
export function searchResource(http: Http) {
  return {
    /**
     * The `topK` (default 5) segments that are most similar to a text, the best first. Costs 1 credit (returned on failure), so
     * it is not sent again after a lost connection. Throws `UnprocessableEntityError` without a scope, `PermissionDeniedError`
     * for a video that is not the caller's.
     */
    search(query: string, scope: Scope & SearchSettings, call?: CallOptions): Promise<SearchHit[]> {
      const { topK, searchOptions, filters, exclude } = scope;
      const json = { query, ...toScopeBody(scope), top_k: topK, search_options: searchOptions, filters, exclude };
      return http.json(searchHitsSchema, { method: 'POST', path: `${CHAT}/search`, json }, call);
    },

    /** UMAP of every segment in scope, scaled to [0, 1]. Free. Throws `BadRequestError` for less than two segments. */
    visualize(scope: Scope, call?: CallOptions): Promise<Visualization> {
      const spec = {
        method: 'POST' as const,
        path: `${CHAT}/visualize`,
        json: toScopeBody(scope),
        isIdempotent: true,
        defaultTimeoutMs: VISUALIZE_TIMEOUT_MS,
      };
      return http.json(visualizationSchema, spec, call);
    },
  };
}
