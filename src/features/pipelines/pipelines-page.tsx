import { IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTitle } from '#shared/processing/use-title.ts';
import { allVideosQuery } from '#shared/videos/all-videos-query.ts';
import { NoVideos } from '#shared/videos/no-videos.tsx';
import { isInMotion } from '#shared/videos/video-queries.ts';
import { PageHeader } from '#ui/page-header.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { BackfillButton } from './backfill-button.tsx';
import { getCounts, useFilter } from './filter.ts';
import { FilterTabs } from './filter-tabs.tsx';
import { OutdatedButton } from './outdated-button.tsx';
import { PipelineList } from './pipeline-list.tsx';
import { PipelineSkeleton } from './pipeline-skeleton.tsx';

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
