import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { SEARCH_OPTIONS, type SearchOption } from '#api/contracts/search.ts';
import { askedState, getAskedScope, useRecentSearches, wasAsked } from '#shared/browser-data/recent-searches-store.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { QUERY, searchQuery } from '#shared/search/search-queries.ts';
import type { useScope } from '#shared/search/use-scope.ts';
import { applyChanges, toChange, type UrlParameter, useUrlState } from '#ui/url-state.ts';
import type { Arrangement } from './use-results.ts';

export const TOP_KS = [5, 10, 20, 50, 100] as const;
const DEFAULT_TOP_K = 10;
const ARRANGEMENTS: readonly Arrangement[] = ['rank', 'video', 'video-time'];

/** How many hits are asked for. */
export const TOP_K: UrlParameter<number> = {
  name: 'k',
  parse: (text) => TOP_KS.find((known) => known === Number(text)) ?? DEFAULT_TOP_K,
  format: String,
};
/** What is looked through; everything when the URL does not say. */
export const OPTIONS: UrlParameter<readonly SearchOption[]> = {
  name: 'signals',
  parse: (text) => {
    const named = text?.split(',') ?? [];
    const options = SEARCH_OPTIONS.filter((option) => named.includes(option));
    return options.length > 0 ? options : SEARCH_OPTIONS;
  },
  format: (options) => (options.length === SEARCH_OPTIONS.length ? null : options.join(',')),
};
/** How hits are laid out. */
export const ARRANGEMENT: UrlParameter<Arrangement> = {
  name: 'by',
  parse: (text) => ARRANGEMENTS.find((known) => known === text) ?? 'rank',
  format: (arrangement) => arrangement,
};

interface SearchSettings {
  readonly topK: number;
  readonly options: readonly SearchOption[];
}

/** The page's search, as the URL has it. */
export function useSearch(scope: ReturnType<typeof useScope>) {
  const { search, get } = useUrlState();
  const location = useLocation();
  const navigate = useNavigate();
  const text = get(QUERY);
  const topK = get(TOP_K);
  const options = get(OPTIONS);
  const asked = wasAsked(location.state);
  const askedScope = getAskedScope<SearchScope>(location.state);
  const hits = useQuery({
    ...searchQuery(text, askedScope ?? scope.scope, topK, options),
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
  const run = (query: string, wanted: Partial<SearchSettings> = {}) => {
    const settings = { topK, options, ...wanted };
    const isSame = settings.topK === topK && OPTIONS.format(settings.options) === OPTIONS.format(options);
    // The same search again: only one that failed is sent again.
    if (query === text && isSame && hits.error && isAskedScope) void hits.refetch();
    const next = applyChanges(search, [
      toChange(QUERY, query),
      toChange(TOP_K, settings.topK),
      toChange(OPTIONS, settings.options),
    ]);
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
  return { text, topK, options, asked, hits, run, again };
}
