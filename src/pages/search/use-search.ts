import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { useScope } from '#components/video/use-scope.ts';
import { searchQuery } from '#queries/search.ts';
import { useRecentSearches } from '#stores/recent-searches.ts';

export const TOP_KS = [5, 10, 20, 50, 100] as const;
const USUAL_TOP_K = 10;

/** True when the search was asked for here, rather than found in a link: only then does it run by itself. */
const wasAsked = (state: unknown) =>
  typeof state === 'object' && state !== null && 'asked' in state && state.asked === true;

/** The page's search, as the URL has it: `q` the text, `k` how many hits, the scope beside them. */
export function useSearch(scope: ReturnType<typeof useScope>) {
  const [parameters] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const text = parameters.get('q') ?? '';
  const topK = TOP_KS.find((known) => known === Number(parameters.get('k'))) ?? USUAL_TOP_K;
  const asked = wasAsked(location.state);
  const hits = useQuery({
    ...searchQuery(text, scope.scope, topK),
    enabled: asked && text !== '' && !scope.isPending && !scope.isEmpty,
  });

  /** Searches; costs a credit unless this visit knows the answer already. */
  const run = (query: string, wanted: number = topK) => {
    const next = new URLSearchParams(parameters);
    next.set('q', query);
    next.set('k', String(wanted));
    useRecentSearches.getState().add(query);
    void navigate(`/search?${next}`, { state: { asked: true }, replace: query === text });
  };
  return { text, topK, asked, hits, run };
}
