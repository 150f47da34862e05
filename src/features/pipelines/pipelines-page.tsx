import { Alert, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconRefresh, IconSparkles, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '#lib/format.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { queueQuery, useBackfill, useProcessAgain } from '#shared/processing/pipeline-queries.ts';
import { NoVideos } from '#shared/uploads/no-videos.tsx';
import { allVideosQuery } from '#shared/videos/video-lookup.ts';
import { isInMotion } from '#shared/videos/video-queries.ts';
import { PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { showFailure } from '#ui/show-failure.ts';
import { FilterTabs, getCounts, useFilter } from './filter-tabs.tsx';
import { PipelineList, PipelineSkeleton } from './pipeline-list.tsx';

/** Starts the pipelines of every video that lacks one. */
export function BackfillButton({ missing }: { missing: number }) {
  const [progress, setProgress] = useState<string | null>(null);
  const { mutate, isPending } = useBackfill((started, total) => setProgress(`${started} of ${total}`));
  if (missing === 0 && !isPending) return null;
  const start = () =>
    mutate(undefined, {
      onSuccess: (ids) => void notifications.show({ message: `${plural(ids.length, 'video')} started.` }),
      onError: showFailure('Some videos could not be started'),
      onSettled: () => setProgress(null),
    });
  return (
    <Button size="xs" leftSection={<IconSparkles size={15} />} disabled={isPending} onClick={start}>
      {isPending ? `Starting ${progress ?? '…'}` : `Process all unprocessed videos · ${missing}`}
    </Button>
  );
}

/** Processes the videos again that an earlier version of the platform has processed. */
export function OutdatedButton({ videoIds }: { videoIds: readonly string[] }) {
  const { mutate, isPending } = useProcessAgain();
  if (videoIds.length === 0) return null;
  const start = () =>
    mutate(videoIds, {
      onSuccess: () =>
        void notifications.show({
          message: `Processing ${plural(videoIds.length, 'video')} again. They can be used in the meantime.`,
        }),
      onError: showFailure('Some videos could not be started'),
    });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} />}
      loading={isPending}
      onClick={start}
      title="An earlier version read the time, shape, color or sound of some files less exactly."
    >
      {`Update ${plural(videoIds.length, 'video')} from an earlier version`}
    </Button>
  );
}

const STAGE_NAMES: Readonly<Record<string, string>> = {
  download: 'Downloading',
  thumbnails: 'Making thumbnails',
  transcode: 'Transcoding',
  hls: 'Packaging for streaming',
  check: 'Checking the copy',
  ladder: 'Encoding smaller sizes',
  speech: 'Recognizing speech',
  observe: 'Analyzing',
  analyse: 'Analyzing',
  search: 'Making searchable',
};

/** Says that work waits which no worker takes: nothing would happen, however long one looked at it. */
function StuckQueue() {
  const { data: studio } = useQuery(studioQuery);
  const { data } = useQuery({ ...queueQuery, enabled: studio?.platform === 'embedded' });
  const stuck = data?.stages.filter(({ is_stuck }) => is_stuck) ?? [];
  if (stuck.length === 0) return null;
  return (
    <Alert
      color="gray"
      variant="light"
      title="No worker is running for some steps"
      mb="md"
      icon={<IconAlertTriangle size={18} />}
    >
      {stuck.map(({ stage, waiting }) => `${STAGE_NAMES[stage] ?? stage}: ${waiting} waiting.`).join(' ')} Start a
      worker for it, or check WORKER_STAGES.
    </Alert>
  );
}

/** Every video on its way: what runs, what broke off and why, what nobody has started. */
export function PipelinesPage() {
  useTitle('Pipelines');
  const { data, error, isPending, refetch } = useQuery(allVideosQuery);
  const { filter, setFilter, fits } = useFilter();
  const videos = data ?? [];
  const counts = getCounts(videos);
  const shown = videos.filter(fits);
  const outdated = videos.filter((video) => video.is_outdated && !isInMotion(video)).map(({ video_id }) => video_id);

  return (
    <>
      <PageHeader title="Pipelines">
        <OutdatedButton videoIds={outdated} />
        <BackfillButton missing={counts.missing} />
      </PageHeader>
      {error && <QueryError what="The videos could not be loaded" error={error} onRetry={() => void refetch()} />}
      <StuckQueue />
      {isPending && <PipelineSkeleton />}
      {data && videos.length === 0 && (
        <NoVideos
          icon={<IconStack2 size={44} stroke={1.1} />}
          title="Nothing to process yet"
          text="Every uploaded video shows up here with its five steps, from thumbnail to search."
        />
      )}
      {videos.length > 0 && (
        <>
          <FilterTabs counts={counts} value={filter} onChange={setFilter} />
          <PipelineList videos={shown} filter={filter} />
        </>
      )}
    </>
  );
}
