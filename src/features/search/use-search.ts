import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { askedState, getAskedScope, useRecentSearches, wasAsked } from '#shared/browser-data/recent-searches-store.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { searchQuery } from '#shared/search/search-queries.ts';
import type { useScope } from '#shared/search/use-scope.ts';

export const TOP_KS = [5, 10, 20, 50, 100] as const;
const DEFAULT_TOP_K = 10;

/** The page's search, as the URL has it: `q` the text, `k` how many hits, the scope beside them. */
export function useSearch(scope: ReturnType<typeof useScope>) {
  const [parameters] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const text = parameters.get('q') ?? '';
  const topK = TOP_KS.find((known) => known === Number(parameters.get('k'))) ?? DEFAULT_TOP_K;
  const asked = wasAsked(location.state);
  const askedScope = getAskedScope<SearchScope>(location.state);
  const hits = useQuery({
    ...searchQuery(text, askedScope ?? scope.scope, topK),
    enabled: asked && text !== '' && (askedScope !== undefined || scope.isReady),
  });

  const isScopeUnknown = asked && askedScope === undefined && text !== '' && scope.isReady;
  useEffect(() => {
    // Started elsewhere, or before the scope was known: what is searched now is what was meant.
    if (isScopeUnknown)
      void navigate(location, { state: askedState(scope.scope), replace: true, preventScrollReset: true });
  }, [isScopeUnknown, navigate, location, scope.scope]);
  const isAskedScope = askedScope === undefined || JSON.stringify(askedScope) === JSON.stringify(scope.scope);

  /** Searches; costs a credit unless this visit knows the answer already. */
  const run = (query: string, wanted: number = topK) => {
    // The same search again: only one that failed is sent again.
    if (query === text && wanted === topK && hits.error && isAskedScope) void hits.refetch();
    const next = new URLSearchParams(parameters);
    next.set('q', query);
    next.set('k', String(wanted));
    useRecentSearches.getState().add(query);
    void navigate(`/search?${next}`, {
      state: askedState(scope.isReady ? scope.scope : undefined),
      replace: query === text,
    });
  };
  /** Sends the search again, for what the scope is now. */
  const again = () => {
    if (isAskedScope) void hits.refetch();
    else run(text);
  };
  return { text, topK, asked, hits, run, again };
}
