import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { IconMap2, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { BadRequestError } from '#api/errors.ts';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { QueryError } from '#components/layout/query-error.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import { PlayerView } from '#components/player/player-view.tsx';
import { usePlayMoment } from '#components/player/use-play-moment.ts';
import { ScatterView } from '#components/scatter/scatter-view.tsx';
import { ScopePicker } from '#components/video/scope-picker.tsx';
import { useScope } from '#components/video/use-scope.ts';

import { plural } from '#lib/format.ts';
import { mapQuery } from '#queries/search.ts';
import { usePlayer } from '#stores/player.ts';
import { Legend } from './legend.tsx';
import { LightBox } from './light-box.tsx';
import classes from './map-page.module.css';
import { fadedPoints, pointAt, useMapPoints } from './map-points.ts';
import { MomentTable } from './moment-table.tsx';
import { PointPreview } from './point-preview.tsx';
import { useLitPoints } from './use-lit-points.ts';

const VIEWS = [
  { value: 'map', label: 'Map' },
  { value: 'table', label: 'Table' },
];

/** Every moment as a point; pressing one plays it. */
export function MapPage() {
  useTitle('Map');
  const scope = useScope();
  const map = useQuery({
    ...mapQuery(scope.scope),
    enabled: !scope.isPending && !scope.isEmpty,
  });
  const points = useMapPoints(map.data);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const faded = useMemo(() => fadedPoints(points, hidden), [points, hidden]);
  const found = useLitPoints(scope, points);
  const [parameters, setParameters] = useSearchParams();
  const isTable = parameters.get('view') === 'table';
  const setView = (view: string) =>
    setParameters(
      (before) => {
        before.set('view', view);
        return before;
      },
      { replace: true },
    );
  const playMoment = usePlayMoment();
  const active = usePlayer(({ source, time }) => pointAt(points, source?.videoId, time));

  const pick = (index: number) => {
    const moment = points.moments[index];
    const hlsUrl = moment && points.videos.find(({ id }) => id === moment.videoId)?.hlsUrl;
    if (!moment || !hlsUrl) return;
    playMoment?.({
      videoId: moment.videoId,
      title: scope.nameOf(moment.videoId),
      hlsUrl,
      time: moment.start,
      play: true,
    });
  };

  if (!scope.isPending && scope.isEmpty && !scope.error) {
    return (
      <EmptyState
        icon={<IconMap2 size={44} stroke={1.1} />}
        title="No moments to place yet"
        text="Upload a video and let it be analysed; then each of its moments becomes a point here, near those that look like it."
      >
        <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
          Upload
        </Button>
      </EmptyState>
    );
  }
  const tooFew = map.error instanceof BadRequestError;
  return (
    <>
      <PageHeader title={map.data ? `Map · ${plural(map.data.points.length, 'moment')}` : 'Map'}>
        <SegmentedControl
          size="xs"
          aria-label="Map or table"
          data={VIEWS}
          value={isTable ? 'table' : 'map'}
          onChange={(view) => setView(view)}
        />
        <ScopePicker scope={scope} />
      </PageHeader>
      {scope.error && (
        <QueryError what="The footage could not be listed" error={scope.error} onRetry={() => void scope.refetch()} />
      )}
      {map.error && !tooFew && (
        <QueryError what="The map could not be made" error={map.error} onRetry={() => void map.refetch()} />
      )}
      {tooFew && (
        <EmptyState
          title="Too few moments for a map"
          text="A map needs at least two. Choose more videos, or a longer one."
        />
      )}
      {!map.error && (
        <div className={classes.explorer}>
          <div className={classes.plot}>
            {map.data && isTable && (
              <MomentTable
                points={points}
                hidden={hidden}
                lit={found.lit}
                active={active}
                onPick={pick}
                nameOf={scope.nameOf}
              />
            )}
            {map.data && !isTable && (
              <ScatterView
                data={points.data}
                active={active}
                faded={faded}
                lit={found.lit}
                label={`Map of ${plural(points.moments.length, 'moment')}`}
                onPick={pick}
                renderHover={(index, at) => {
                  const moment = points.moments[index];
                  return moment && <PointPreview moment={moment} title={scope.nameOf(moment.videoId)} at={at} />;
                }}
              />
            )}
            {!map.data && <Skeleton height="100%" radius="md" />}
          </div>
          <aside className={classes.side}>
            <PlayerView empty="Choose a point to play its moment here." />
            <LightBox key={found.query} found={found} />
            <Legend videos={points.videos} hidden={hidden} onChange={setHidden} nameOf={scope.nameOf} />
            <Text size="xs" c="var(--studio-quiet)">
              Points that lie close look and read alike. The axes have no meaning of their own.
            </Text>
          </aside>
        </div>
      )}
    </>
  );
}
