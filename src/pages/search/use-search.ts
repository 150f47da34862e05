import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { useScope } from '#components/video/use-scope.ts';
import { askedState, wasAsked } from '#lib/asked.ts';
import { searchQuery } from '#queries/search.ts';
import { useRecentSearches } from '#stores/recent-searches.ts';

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
  const hits = useQuery({
    ...searchQuery(text, scope.scope, topK),
    enabled: asked && text !== '' && scope.isReady,
  });

  /** Searches; costs a credit unless this visit knows the answer already. */
  const run = (query: string, wanted: number = topK) => {
    // The same search again: only one that failed is sent again.
    if (query === text && wanted === topK && hits.error) void hits.refetch();
    const next = new URLSearchParams(parameters);
    next.set('q', query);
    next.set('k', String(wanted));
    useRecentSearches.getState().add(query);
    void navigate(`/search?${next}`, { state: askedState(), replace: query === text });
  };
  return { text, topK, asked, hits, run };
}
