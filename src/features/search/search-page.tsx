import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation } from 'react-router';
import { PlayerView } from '#shared/player/player-view.tsx';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { ChangesNotice, MissingScope, ScopePicker } from '#shared/search/scope-controls.tsx';
import { useScope } from '#shared/search/use-scope.ts';
import { NoVideos } from '#shared/uploads/no-videos.tsx';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import { PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { toChange, type UrlParameter, useUrlState } from '#ui/url-state.ts';
import { HitList } from './hit-list.tsx';
import { ResultsBar } from './results-bar.tsx';
import { NameMatches, RecentList, SearchForm, TopK } from './search-form.tsx';
import classes from './search-page.module.css';
import { ARRANGEMENT, TOP_K, useSearch } from './use-search.ts';

/** Searches all videos, or some of them; a hit plays from its first frame. */
export function SearchPage() {
  const { get, change } = useUrlState();
  const { state } = useLocation();
  const scope = useScope();
  const { text, topK, asked, hits, run, again } = useSearch(scope);
  const arrangement = get(ARRANGEMENT);
  const ids = useMemo(() => [...new Set(hits.data?.map(({ video_id }) => video_id))], [hits.data]);
  const { getVideo, getName } = useVideoLookup(ids);
  useTitle(text ? `“${text}”` : 'Search');
  // The state of the entry says that this search was asked for: it stays.
  const set = <Value,>(parameter: UrlParameter<Value>, value: Value) =>
    change([toChange(parameter, value)], { replace: true, state });

  if (!scope.isPending && scope.isEmpty && !scope.error) {
    return (
      <NoVideos
        icon={<IconSearch size={44} stroke={1.1} />}
        title="Nothing to search yet"
        text="Upload a video and process it; then every segment of it can be found here."
      />
    );
  }
  return (
    <>
      <PageHeader title="Search" />
      <div className={classes.controls}>
        <SearchForm key={text} initial={text} onSearch={run} />
        <ScopePicker scope={scope} />
        <TopK value={topK} onChange={(wanted) => (text && asked ? run(text, wanted) : set(TOP_K, wanted))} />
      </div>
      <NameMatches text={text} />
      <MissingScope scope={scope} />
      {scope.error && (
        <QueryError what="The videos could not be listed" error={scope.error} onRetry={() => void scope.refetch()} />
      )}
      {hits.error && !hits.isFetching && <QueryError what="The search failed" error={hits.error} onRetry={again} />}
      {text !== '' && !asked && !hits.data && !scope.isLost && (
        <Button onClick={() => run(text)} loading={scope.isPending} mb="md">
          Search for “{text}” (1 credit)
        </Button>
      )}
      <div className={classes.results}>
        <div className={classes.list}>
          {hits.data && (
            <ResultsBar
              query={text}
              hits={hits.data}
              scope={scope.scope}
              topK={topK}
              arrangement={arrangement}
              onArrange={(next) => set(ARRANGEMENT, next)}
              getName={getName}
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
          {!hits.data && !hits.isFetching && <RecentList onSearch={run} />}
          <HitList
            hits={hits.data}
            isPending={hits.isFetching}
            query={text}
            arrangement={arrangement}
            getVideo={getVideo}
            getName={getName}
          />
        </div>
        <div className={classes.player}>
          <PlayerView empty={hits.data ? 'Choose a segment to play it here.' : 'Segments that match play here.'} />
        </div>
      </div>
    </>
  );
}
