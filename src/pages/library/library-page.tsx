import { Button, Skeleton } from '@mantine/core';
import { IconMovie, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { QueryError } from '#components/layout/query-error.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import classes from '#components/video/video.module.css';
import { VideoCard } from '#components/video/video-card.tsx';
import { plural } from '#lib/format.ts';
import { videosQuery } from '#queries/videos.ts';
import { VideoMenu } from './video-menu.tsx';

const SKELETONS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

function UploadButton() {
  return (
    <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
      Upload
    </Button>
  );
}

/** All footage as a grid. */
export function LibraryPage() {
  useTitle('Library');
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    videosQuery(),
  );
  const videos = data?.pages.flat() ?? [];
  const isEmpty = !isPending && !error && videos.length === 0;

  return (
    <>
      <PageHeader
        title={videos.length > 0 ? `Library · ${plural(videos.length, 'video')}${hasNextPage ? '+' : ''}` : 'Library'}
      >
        {!isEmpty && <UploadButton />}
      </PageHeader>
      {error && <QueryError what="The library could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isEmpty && (
        <EmptyState
          icon={<IconMovie size={44} stroke={1.1} />}
          title="No footage yet"
          text="Upload a video and it becomes something you can search, ask and see on a map."
        >
          <UploadButton />
        </EmptyState>
      )}
      <div className={classes.grid}>
        {isPending && SKELETONS.map((key) => <Skeleton key={key} height={170} radius="md" />)}
        {videos.map((video) => (
          <VideoCard key={video.video_id} video={video} actions={<VideoMenu video={video} />} />
        ))}
      </div>
      {hasNextPage && (
        <Button variant="default" mt="lg" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
