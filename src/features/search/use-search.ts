import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Exclusion } from '#api/contracts/requests.ts';
import { SEARCH_OPTIONS, type SearchOption } from '#api/contracts/search.ts';
import { askedState, getAskedScope, useRecentSearches, wasAsked } from '#shared/browser-data/recent-searches-store.ts';
import { getPictureState, type Likeness, pictureState, toDataUrl } from '#shared/search/picture-query.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { QUERY, searchQuery, similarQuery } from '#shared/search/search-queries.ts';
import type { useScope } from '#shared/search/use-scope.ts';
import {
  applyChanges,
  textParameter,
  toChange,
  type UrlChange,
  type UrlParameter,
  useUrlState,
} from '#ui/url-state.ts';
import { EXCLUDE, type PageFilters, readFilters, toFilterChanges, toRefinement } from './refinement-url.ts';
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
/** The segment that results are to look like; empty for none. */
export const LIKE = textParameter('like');
/** How hits are laid out. */
export const ARRANGEMENT: UrlParameter<Arrangement> = {
  name: 'by',
  parse: (text) => ARRANGEMENTS.find((known) => known === text) ?? 'rank',
  format: (arrangement) => arrangement,
};

interface SearchSettings {
  readonly topK: number;
  readonly options: readonly SearchOption[];
  readonly filters: PageFilters;
  readonly exclude: readonly Exclusion[];
}

const toSettingsChanges = ({ topK, options, filters, exclude }: SearchSettings): UrlChange[] => [
  toChange(TOP_K, topK),
  toChange(OPTIONS, options),
  ...toFilterChanges(filters),
  toChange(EXCLUDE, exclude),
];

/** The page's search, as the URL has it. */
export function useSearch(scope: ReturnType<typeof useScope>) {
  const { search, get, change } = useUrlState();
  const location = useLocation();
  const navigate = useNavigate();
  const text = get(QUERY);
  const current: SearchSettings = {
    topK: get(TOP_K),
    options: get(OPTIONS),
    filters: readFilters(get),
    exclude: get(EXCLUDE),
  };
  const { topK, options } = current;
  const refinement = toRefinement(current.filters, current.exclude);
  const asked = wasAsked(location.state);
  const askedScope = getAskedScope<SearchScope>(location.state);
  const shown = getPictureState(location.state);
  const likeId = get(LIKE);
  /** What the results are to look like; null for a search by words alone. */
  const likeness = useMemo((): Likeness | null => {
    if (likeId !== '') return { segmentId: likeId };
    return shown.picture === null ? null : { picture: shown.picture };
  }, [likeId, shown.picture]);
  const searched = askedScope ?? scope.scope;
  const isSearch = text !== '' || likeness !== null;
  const isEnabled = asked && isSearch && (askedScope !== undefined || scope.isReady);
  const byWords = useQuery({
    ...searchQuery(text, searched, topK, options, refinement),
    enabled: isEnabled && likeness === null,
  });
  const byLikeness = useQuery({
    ...similarQuery(likeness ?? {}, text, searched, topK, refinement),
    enabled: isEnabled && likeness !== null,
  });
  const hits = likeness === null ? byWords : byLikeness;

  const isScopeUnknown = asked && askedScope === undefined && isSearch && scope.isReady;
  useEffect(() => {
    // Started elsewhere, or before the scope was known: what is searched now is what was meant.
    if (isScopeUnknown) {
      const state = { ...location.state, ...askedState(scope.scope) };
      void navigate(location, { state, replace: true, preventScrollReset: true });
    }
  }, [isScopeUnknown, navigate, location, scope.scope]);
  const isAskedScope = askedScope === undefined || JSON.stringify(askedScope) === JSON.stringify(scope.scope);

  /** Searches; costs a credit unless this visit knows the answer already. */
  const run = (query: string, wanted: Partial<SearchSettings> = {}) => {
    const changes = toSettingsChanges({ ...current, ...wanted });
    const isSame = JSON.stringify(changes) === JSON.stringify(toSettingsChanges(current));
    // The same search again: only one that failed is sent again.
    if (query === text && isSame && hits.error && isAskedScope) void hits.refetch();
    const next = applyChanges(search, [toChange(QUERY, query), ...changes]);
    if (query !== '') useRecentSearches.getState().add(query);
    const { picture, preview } = shown;
    void navigate(`/search?${next}`, {
      state: pictureState(scope.isReady ? scope.scope : undefined, {
        ...(picture === null ? {} : { picture }),
        ...(preview === null ? {} : { preview }),
      }),
      replace: query === text,
    });
  };
  /** Searches with other settings where a search was made; otherwise they wait in the URL for one. */
  const refine = (wanted: Partial<SearchSettings>) => {
    if (isSearch && asked) run(text, wanted);
    else change(toSettingsChanges({ ...current, ...wanted }), { replace: true, state: location.state });
  };
  /** Searches with a picture, and with the words that are there. */
  const runPicture = (picture: string) => {
    const next = applyChanges(search, [toChange(LIKE, '')]);
    void navigate(`/search?${next}`, { state: pictureState(scope.isReady ? scope.scope : undefined, { picture }) });
  };
  /** Goes on with the words alone; a search for them that is known is free. */
  const dropLikeness = () => {
    const next = applyChanges(search, [toChange(LIKE, '')]);
    void navigate(`/search?${next}`, { state: null });
  };
  /** Sends the search again, for what the scope is now. */
  const again = () => {
    if (isAskedScope) void hits.refetch();
    else run(text);
  };
  const preview = shown.picture === null ? shown.preview : toDataUrl(shown.picture);
  return {
    text,
    ...current,
    refinement,
    isSearch,
    asked,
    hits,
    run,
    refine,
    again,
    likeness,
    preview,
    runPicture,
    dropLikeness,
  };
}
export type Search = ReturnType<typeof useSearch>;
