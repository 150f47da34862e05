import { Button, Text } from '@mantine/core';
import { IconSearch, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { QueryError } from '#components/layout/query-error.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import { PlayerView } from '#components/player/player-view.tsx';
import { ScopePicker } from '#components/video/scope-picker.tsx';
import { useScope } from '#components/video/use-scope.ts';

import { plural } from '#lib/format.ts';
import { searchQuery } from '#queries/search.ts';
import { HitList } from './hit-list.tsx';
import { SearchForm } from './search-form.tsx';
import classes from './search-page.module.css';

const TOP_K = 10;

/** True when the search was asked for here, rather than found in a link: only then does it run by itself. */
const wasAsked = (state: unknown) =>
  typeof state === 'object' && state !== null && 'asked' in state && state.asked === true;

/** Search all footage, or some; land on the second. */
export function SearchPage() {
  const [parameters] = useSearchParams();
  const location = useLocation();
  const navigate = useNavigate();
  const scope = useScope();
  const text = parameters.get('q') ?? '';
  const asked = wasAsked(location.state);
  const hits = useQuery({
    ...searchQuery(text, scope.scope, TOP_K),
    enabled: asked && text !== '' && !scope.isPending && !scope.isEmpty,
  });
  useTitle(text ? `“${text}”` : 'Search');

  const run = (query: string) => {
    const next = new URLSearchParams(parameters);
    next.set('q', query);
    void navigate(`/search?${next}`, { state: { asked: true }, replace: query === text });
  };

  if (!scope.isPending && scope.isEmpty && !scope.error) {
    return (
      <EmptyState
        icon={<IconSearch size={44} stroke={1.1} />}
        title="Nothing to search yet"
        text="Upload a video and let it be analysed; then every moment of it can be found here."
      >
        <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
          Upload
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader title="Search" />
      <div className={classes.controls}>
        <SearchForm key={text} initial={text} onSearch={run} />
        <ScopePicker scope={scope} />
      </div>
      {scope.error && (
        <QueryError what="The footage could not be listed" error={scope.error} onRetry={() => void scope.refetch()} />
      )}
      {hits.error && (
        <QueryError
          what="The search failed; its credit was returned"
          error={hits.error}
          onRetry={() => void hits.refetch()}
        />
      )}
      {text !== '' && !asked && !hits.data && (
        <Button onClick={() => run(text)} loading={scope.isPending}>
          Search for “{text}” (1 credit)
        </Button>
      )}
      <div className={classes.results}>
        <div className={classes.list}>
          {hits.data && (
            <Text size="xs" c="var(--studio-quiet)" mb={4}>
              {plural(hits.data.length, 'moment')} · 1 credit
            </Text>
          )}
          <HitList hits={hits.data} isPending={hits.isFetching} nameOf={scope.nameOf} />
        </div>
        <div className={classes.player}>
          <PlayerView empty={hits.data ? 'Choose a moment to play it here.' : 'Moments that match play here.'} />
        </div>
      </div>
    </>
  );
}
