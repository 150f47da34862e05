import { queryOptions } from '@tanstack/react-query';
import type { Scope } from '#api/resources/search.ts';
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

/** The map of a scope: free, and stable for the same segments. */
export const mapQuery = (scope: Scope) =>
  queryOptions({
    queryKey: keys.map(scope),
    queryFn: ({ signal }) => api.search.visualize(scope, { signal }),
    staleTime: 60_000,
  });
