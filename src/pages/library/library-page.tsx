import { Button, Skeleton } from '@mantine/core';
import { IconMovie, IconUpload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '#components/layout/empty-state.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { QueryError } from '#components/layout/query-error.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import { SampleButton } from '#components/uploads/sample-button.tsx';
import { CollectionDock } from '#components/videos/collection-dock.tsx';
import { useSelection } from '#components/videos/use-selection.ts';
import { VideoDrawer } from '#components/videos/video-drawer.tsx';
import { VideoGrid } from '#components/videos/video-grid.tsx';
import { VideoMenu } from '#components/videos/video-menu.tsx';
import { VideoTable } from '#components/videos/video-table.tsx';
import { plural } from '#lib/format.ts';
import classes from './library.module.css';
import { LibrarySelectionBar, useDeleteChosen } from './library-selection-bar.tsx';
import { LibraryToolbar } from './library-toolbar.tsx';
import { useLibrary } from './use-library.ts';
import { useLibraryFilter } from './use-library-filter.ts';

const SKELETONS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** All footage: look through it, choose from it, do something with what was chosen. */
export function LibraryPage() {
  useTitle('Library');
  const { filter, change, clear, isFiltered } = useLibraryFilter();
  const { videos, error, isPending, refetch, hasNextPage, loadMore } = useLibrary(filter);
  const controls = useSelection(videos.map(({ video_id }) => video_id));
  const chosen = videos.filter(({ video_id }) => controls.selection.chosen.has(video_id));
  const deleteChosen = useDeleteChosen(chosen, controls.clear);
  const nothing = !isPending && !error && videos.length === 0 && !hasNextPage;
  const VideoSet = filter.view === 'grid' ? VideoGrid : VideoTable;

  return (
    <>
      <PageHeader
        title={videos.length > 0 ? `Library · ${plural(videos.length, 'video')}${hasNextPage ? '+' : ''}` : 'Library'}
      >
        <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
          Upload
        </Button>
      </PageHeader>
      {!(nothing && !isFiltered) && (
        <LibraryToolbar filter={filter} isFiltered={isFiltered} onChange={change} onClear={clear} />
      )}
      {error && <QueryError what="The library could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <div className={classes.skeletons}>
          {SKELETONS.map((key) => (
            <Skeleton key={key} height={190} radius="md" />
          ))}
        </div>
      )}
      {nothing && (
        <EmptyState
          icon={<IconMovie size={44} stroke={1.1} />}
          title={isFiltered ? 'No video fits' : 'No footage yet'}
          text={
            isFiltered
              ? 'No video fits all of these filters at once.'
              : 'Upload a video and it becomes something you can search, ask and see on a map.'
          }
        >
          {isFiltered ? (
            <Button variant="default" onClick={clear}>
              Clear the filters
            </Button>
          ) : (
            <SampleButton />
          )}
        </EmptyState>
      )}
      {videos.length > 0 && (
        <VideoSet
          videos={videos}
          controls={controls}
          onNearEnd={loadMore}
          onDelete={deleteChosen}
          renderMenu={(video, isTabStop) => <VideoMenu video={video} isTabStop={isTabStop} />}
        />
      )}
      <LibrarySelectionBar chosen={chosen} of={videos.length} controls={controls} onDelete={deleteChosen} />
      <CollectionDock />
      <VideoDrawer />
    </>
  );
}
