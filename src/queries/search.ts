import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Scope } from '#api/resources/search.ts';
import type { SearchHit } from '#api/schemas/search.ts';
import { api } from './client.ts';
import { keys } from './keys.ts';

/**
 * Hits for a text. Costs a credit each time it really runs, so a result is kept for the whole visit and never refetched
 * by itself.
 */
export const searchQuery = (query: string, scope: Scope, topK: number) =>
  queryOptions({
    queryKey: keys.search(query, scope, topK),
    queryFn: ({ signal }) => api.search.search(query, { ...scope, topK }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** What searches of this visit found for a text in one video, the newest first; null when none looked there. */
export function hitsKnownFor(client: QueryClient, query: string, videoId: string): SearchHit[] | null {
  const results = client
    .getQueryCache()
    .findAll({ queryKey: keys.searchFor(query) })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .flatMap(({ queryKey }) => client.getQueryData<SearchHit[]>(queryKey) ?? []);
  const hits = results.filter((hit) => hit.video_id === videoId);
  const unique = new Map(hits.map((hit) => [hit.start, hit]));
  return hits.length === 0 ? null : [...unique.values()];
}

/** The map of a scope: free, and stable for the same segments. */
export const mapQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keys.map(scope),
    queryFn: ({ signal }) => api.search.visualize(scope, { signal }),
    staleTime: 60_000,
  });
