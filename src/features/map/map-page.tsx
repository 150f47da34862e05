import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconMap2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { BadRequestError } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { withoutVideos } from '#shared/search/map-data.ts';
import { mapQuery } from '#shared/search/map-query.ts';
import { ChangesNotice, MissingScope, ScopePicker } from '#shared/search/scope-controls.tsx';
import { useScope } from '#shared/search/use-scope.ts';
import { NoVideos } from '#shared/uploads/no-videos.tsx';
import { EmptyState, PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { useUrlParameter } from '#ui/url-state.ts';
import { MapExplorer } from './map-explorer.tsx';
import classes from './map-page.module.css';
import { MapProgress } from './map-progress.tsx';
import { VIEW } from './map-url.ts';

const VIEWS: { value: 'map' | 'table'; label: string }[] = [
  { value: 'map', label: 'Map' },
  { value: 'table', label: 'Table' },
];

/** Every segment as a point; pressing one plays it. */
export function MapPage() {
  useTitle('Map');
  const scope = useScope();
  const map = useQuery({ ...mapQuery(scope.scope), enabled: scope.isReady });
  const [view, setView] = useUrlParameter(VIEW);
  const isTable = view === 'table';

  const run = map.data?.run;
  const data = useMemo(
    () => (map.data?.data ? withoutVideos(map.data.data, map.data.deletedIds) : null),
    [map.data?.data, map.data?.deletedIds],
  );

  if (!scope.isPending && scope.isEmpty && !scope.error) {
    return (
      <NoVideos
        icon={<IconMap2 size={44} stroke={1.1} />}
        title="No segments to map yet"
        text="Process a video and each segment appears as a point, close to similar ones."
      />
    );
  }
  const tooFew = map.error instanceof BadRequestError;
  return (
    <>
      <PageHeader title={data ? `Map · ${plural(data.group.length, 'segment')}` : 'Map'}>
        <SegmentedControl size="xs" aria-label="Map or table" data={VIEWS} value={view} onChange={setView} />
        <ScopePicker scope={scope} />
      </PageHeader>
      <MissingScope scope={scope} />
      {scope.error && (
        <QueryError what="The videos could not be listed" error={scope.error} onRetry={() => void scope.refetch()} />
      )}
      {map.error && !tooFew && (
        <QueryError what="The map could not be computed" error={map.error} onRetry={() => void map.refetch()} />
      )}
      {run?.state === 'failed' && (
        <QueryError
          what="The map could not be computed"
          error={new Error(run.error ?? '')}
          onRetry={() => void map.refetch()}
        />
      )}
      {run?.state === 'computing' && (
        <MapProgress run={run} shown={!data ? 'nothing' : map.data?.draft ? 'draft' : 'before'} />
      )}
      {tooFew && (
        <EmptyState
          icon={<IconMap2 size={44} stroke={1.1} />}
          title="Too few segments for a map"
          text="A map needs at least two. Choose more videos, or a longer one."
        />
      )}
      {(data || map.error) && (
        <ChangesNotice
          scope={scope.scope}
          since={Math.max(map.dataUpdatedAt, map.errorUpdatedAt)}
          action="Update map"
          isPending={map.isFetching}
          onAction={() => void map.refetch()}
        />
      )}
      {data && <MapExplorer data={data} scope={scope} isTable={isTable} isDraft={Boolean(map.data?.draft)} />}
      {!data && !map.error && run?.state !== 'failed' && !scope.isLost && (
        <div className={classes.explorer}>
          <Skeleton className={classes.plot} radius="md" />
          <aside className={classes.side} />
        </div>
      )}
    </>
  );
}
