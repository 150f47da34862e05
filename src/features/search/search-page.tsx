import { Button, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { plural } from '#lib/format.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { usePlayer } from '#shared/player/studio-player.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { MAX_EXCLUSION_COUNT, UNREFINED } from '#shared/search/refinement.ts';
import { ChangesNotice, MissingScope, ScopePicker } from '#shared/search/scope-controls.tsx';
import { useScope } from '#shared/search/use-scope.ts';
import { NoVideos } from '#shared/uploads/no-videos.tsx';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import { PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { toChange, type UrlParameter, useUrlState } from '#ui/url-state.ts';
import { ExampleQueries } from './example-queries.tsx';
import { getRows, HitList, HitSkeletons } from './hit-list.tsx';
import { LikenessChip } from './likeness-chip.tsx';
import { getActiveFilters, RefinementChips } from './refinement-chips.tsx';
import { MIN_SCORE, toRequestFilters } from './refinement-url.ts';
import refinements from './refinements.module.css';
import { ResultPlayer } from './result-player.tsx';
import { ResultsBar } from './results-bar.tsx';
import { SaveSearchButton } from './save-search.tsx';
import { toSavedSearch } from './saved-search-url.ts';
import { SavedSearches } from './saved-searches.tsx';
import { ScopeAnswer } from './scope-answer.tsx';
import { ScoreThreshold } from './score-threshold.tsx';
import { FiltersButton } from './search-filters.tsx';
import { NameMatches, RecentList, SearchForm, SearchOptions, TopK } from './search-form.tsx';
import classes from './search-page.module.css';
import { useResults } from './use-results.ts';
import { ARRANGEMENT, useSearch } from './use-search.ts';
import { REVIEW_FILTER } from './verdicts.tsx';

/**
 * The list of results, which takes the focus when a search that was started here or in the top bar has an answer. Going back
 * to a search leaves the focus, and the place on the page, alone.
 */
function useResultFocus(hits: readonly object[] | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const isBack = useNavigationType() === 'POP';
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer moves the focus
  useEffect(() => {
    const { activeElement } = document;
    // In the box of the page, or nowhere: the box of the top bar is gone with the search that it has started.
    const isFree = activeElement?.matches('body, main') || Boolean(activeElement?.closest('search'));
    if (hits && !isBack && isFree && list.current) getRows(list.current)[0]?.focus({ preventScroll: true });
  }, [hits]);
  return list;
}

/** Searches all videos, or some of them; a hit plays from its first frame. */
export function SearchPage() {
  const { get, change } = useUrlState();
  const { state } = useLocation();
  const scope = useScope();
  const search = useSearch(scope);
  const { text, topK, options, exclude, isSearch, asked, hits, run, refine, again, likeness, preview } = search;
  const { data: studio } = useQuery(studioQuery);
  const isEmbedded = studio?.platform === 'embedded';
  const arrangement = get(ARRANGEMENT);
  const ids = useMemo(() => [...new Set(hits.data?.map(({ video_id }) => video_id))], [hits.data]);
  const { getVideo, getName } = useVideoLookup(ids);
  const filter = get(REVIEW_FILTER);
  const minScore = get(MIN_SCORE);
  const results = useResults(hits.data, arrangement, filter, minScore, getName);
  const list = useResultFocus(hits.isFetching ? undefined : hits.data);
  const isPlayerOpen = usePlayer(({ source }) => source !== null);
  useTitle(text ? `“${text}”` : 'Search');
  // The state of the entry says that this search was asked for: it stays.
  const set = <Value,>(parameter: UrlParameter<Value>, value: Value) =>
    change([toChange(parameter, value)], { replace: true, state });
  const isNarrowed = getActiveFilters(search.filters).length + exclude.length > 0;
  const onExclude =
    isEmbedded && exclude.length < MAX_EXCLUSION_COUNT
      ? (segmentId: string) => refine({ exclude: [...exclude, { segment_id: segmentId }] })
      : null;
  const focusRow = (index: number) => list.current && getRows(list.current)[index]?.focus();
  const { play, position, results: listed } = results;
  const goBy = useCallback(
    (by: 1 | -1) => {
      const at = position + by;
      const next = listed[at];
      if (!next) return;
      play(next.id);
      const rows = list.current ? getRows(list.current) : [];
      if (list.current?.contains(document.activeElement)) rows[at]?.focus();
      else rows[at]?.scrollIntoView({ block: 'nearest' });
    },
    [play, position, listed, list],
  );

  if (!scope.isPending && scope.isEmpty && !scope.error) {
    return (
      <NoVideos
        icon={<IconSearch size={44} stroke={1.1} />}
        title="Nothing to search yet"
        text="Upload and process a video to make it searchable."
      />
    );
  }
  return (
    <>
      <div className={classes.title}>
        <PageHeader title="Search" />
      </div>
      <div className={classes.controls}>
        <SearchForm query={text} onSearch={run} onPicture={search.runPicture} onDown={() => focusRow(0)} />
        <div className={classes.filters}>
          <ScopePicker scope={scope} />
          <TopK value={topK} onChange={(wanted) => refine({ topK: wanted })} />
        </div>
        {isEmbedded && (
          <div className={refinements.options}>
            {!likeness && <SearchOptions value={options} onChange={(wanted) => refine({ options: wanted })} />}
            <FiltersButton search={search} />
            {isSearch && likeness?.picture === undefined && (
              <SaveSearchButton
                suggestion={text || 'Segments like this'}
                search={toSavedSearch({
                  text,
                  segmentId: likeness?.segmentId,
                  options,
                  filters: toRequestFilters(search.filters),
                  exclude,
                  minScore,
                  scope: scope.scope,
                })}
              />
            )}
          </div>
        )}
      </div>
      {isEmbedded && <RefinementChips search={search} />}
      {likeness && (
        <LikenessChip preview={preview} isSegment={likeness.segmentId !== undefined} onDrop={search.dropLikeness} />
      )}
      {/* There before it has something to say: screen readers tell what changes. */}
      <VisuallyHidden role="status">
        {hits.isFetching && 'Searching'}
        {!hits.isFetching && hits.data && plural(results.count, 'close match', 'close matches')}
      </VisuallyHidden>
      <NameMatches text={text} />
      <MissingScope scope={scope} />
      {scope.error && (
        <QueryError what="The videos could not be listed" error={scope.error} onRetry={() => void scope.refetch()} />
      )}
      {hits.error && !hits.isFetching && <QueryError what="The search failed" error={hits.error} onRetry={again} />}
      {isSearch && !asked && !hits.data && !scope.isLost && (
        <Button onClick={() => run(text)} loading={scope.isPending} mb="md">
          Search for {likeness ? 'segments like this' : `“${text}”`} (1 credit)
        </Button>
      )}
      <div className={classes.results} data-player={isPlayerOpen || listed.length > 0}>
        <div className={refinements.list}>
          {hits.data && (
            <ResultsBar
              query={text}
              hits={hits.data}
              results={results}
              scope={scope.scope}
              topK={topK}
              refinement={isEmbedded ? search.refinement : UNREFINED}
              arrangement={arrangement}
              onArrange={(next) => set(ARRANGEMENT, next)}
              filter={filter}
              onFilter={(next) => set(REVIEW_FILTER, next)}
              getName={getName}
            />
          )}
          {hits.data && !hits.isFetching && (
            <ScoreThreshold
              hits={hits.data}
              value={minScore}
              hiddenCount={results.hiddenCount}
              onChange={(value) => set(MIN_SCORE, value)}
            />
          )}
          {hits.data && (
            <ChangesNotice
              scope={scope.scope}
              since={hits.dataUpdatedAt}
              ending=" since this search"
              action="Search again (1 credit)"
              isPending={hits.isLoading}
              onAction={again}
            />
          )}
          {!hits.data && !hits.isFetching && (
            <div className={classes.start}>
              {/* Known at once, so that nothing appears above it. */}
              <RecentList onSearch={run} />
              <SavedSearches />
              <ExampleQueries onSearch={run} />
            </div>
          )}
          {hits.data && text !== '' && hits.data.length > 0 && (
            <ScopeAnswer
              key={`${text} ${JSON.stringify(scope.scope)}`}
              question={text}
              scope={scope.scope}
              videoIds={ids}
              getName={getName}
            />
          )}
          {hits.isFetching && <HitSkeletons />}
          {hits.data && !hits.isFetching && (
            <HitList
              results={results}
              filter={filter}
              isNarrowed={isNarrowed}
              list={list}
              query={text}
              getVideo={getVideo}
              getName={getName}
              onExclude={onExclude}
            />
          )}
        </div>
        <div className={classes.player}>
          <ResultPlayer results={results} getName={getName} onGo={goBy} onExclude={onExclude} />
        </div>
      </div>
    </>
  );
}
