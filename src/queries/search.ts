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

/** What searches of this visit found for a text, each moment once, the newest search first; empty when none was made. */
export function knownHits(client: QueryClient, query: string): SearchHit[] {
  const results = client
    .getQueryCache()
    .findAll({ queryKey: keys.searchFor(query) })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .flatMap(({ queryKey }) => client.getQueryData<SearchHit[]>(queryKey) ?? []);
  return [...new Map(results.map((hit) => [`${hit.video_id} ${hit.start}`, hit])).values()];
}

/** The map of a scope: free, and stable for the same segments. */
export const mapQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keys.map(scope),
    queryFn: ({ signal }) => api.search.visualize(scope, { signal }),
    staleTime: 60_000,
  });
