import type { Exclusion, SavedSearch, SearchFilters } from '#api/contracts/requests.ts';
import type { SavedSearchItem } from '#api/contracts/saved-searches.ts';
import { SEARCH_OPTIONS, type SearchOption } from '#api/contracts/search.ts';
import { toVideosParameter } from '#shared/browser-data/video-sets-store.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { QUERY } from '#shared/search/search-queries.ts';
import { COLLECTIONS, VIDEOS } from '#shared/search/use-scope.ts';
import { applyChanges, toChange } from '#ui/url-state.ts';
import { EXCLUDE, fromRequestFilters, MIN_SCORE, toFilterChanges } from './refinement-url.ts';
import { LIKE, OPTIONS } from './use-search.ts';

interface SavableSearch {
  readonly text: string;
  readonly segmentId: string | undefined;
  readonly options: readonly SearchOption[];
  readonly filters: SearchFilters;
  readonly exclude: readonly Exclusion[];
  readonly minScore: number | null;
  readonly scope: SearchScope;
}

/** A search as it is saved. */
export const toSavedSearch = (search: SavableSearch): SavedSearch => ({
  query: search.text || null,
  segment_id: search.segmentId ?? null,
  search_options: search.options.length === SEARCH_OPTIONS.length ? null : [...search.options],
  filters: search.filters,
  exclude: [...search.exclude],
  min_score: search.minScore,
  ...('all' in search.scope
    ? { all_videos: true }
    : {
        video_ids: [...(search.scope.videoIds ?? [])],
        collection_ids: [...(search.scope.collectionIds ?? [])],
      }),
});

/** The parameters of the page for a saved search. A scope of many videos is stored in this browser by that. */
export const toSearchParams = ({ search }: Pick<SavedSearchItem, 'search'>): URLSearchParams =>
  applyChanges(new URLSearchParams(), [
    toChange(QUERY, search.query ?? ''),
    toChange(LIKE, search.segment_id ?? ''),
    toChange(OPTIONS, search.search_options ?? SEARCH_OPTIONS),
    ...toFilterChanges(fromRequestFilters(search.filters ?? {})),
    toChange(EXCLUDE, search.exclude ?? []),
    toChange(MIN_SCORE, search.min_score ?? null),
    toChange(VIDEOS, toVideosParameter(search.video_ids ?? [])),
    toChange(COLLECTIONS, search.collection_ids ?? []),
  ]);
