import { Button } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { SampleButton } from '#shared/uploads/no-videos.tsx';
import { useConfirmDeleteVideos } from '#shared/videos/use-delete-videos.tsx';
import { useSelection } from '#shared/videos/use-selection.ts';
import { VideoDrawer } from '#shared/videos/video-drawer.tsx';
import { VideoGrid } from '#shared/videos/video-grid.tsx';
import { VideoMenu } from '#shared/videos/video-menu.tsx';
import { EmptyState } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { CollectionDock } from './collection-dock.tsx';
import { LibrarySelectionBar } from './library-selection-bar.tsx';
import { LibrarySkeleton } from './library-skeleton.tsx';
import { LibraryToolbar } from './library-toolbar.tsx';
import type { useLibrary, useLibraryFilter } from './use-library.ts';
import { VideoTable } from './video-table.tsx';

interface LibraryViewProps {
  readonly library: ReturnType<typeof useLibrary>;
  readonly filtering: ReturnType<typeof useLibraryFilter>;
}

/** The library below its heading: filters, the videos as tiles or rows, and what can be done with those chosen. */
export function LibraryView({ library, filtering }: LibraryViewProps) {
  const { videos, error, isPending, refetch, hasNextPage, loadMore } = library;
  const { filter, change, clear, isFiltered } = filtering;
  const controls = useSelection(videos.map(({ video_id }) => video_id));
  const chosen = videos.filter(({ video_id }) => controls.selection.chosen.has(video_id));
  const deleteChosen = useConfirmDeleteVideos(chosen, controls.clear);
  const nothing = !isPending && !error && videos.length === 0 && !hasNextPage;
  const VideoSet = filter.view === 'grid' ? VideoGrid : VideoTable;

  return (
    <>
      {!(nothing && !isFiltered) && (
        <LibraryToolbar filter={filter} isFiltered={isFiltered} onChange={change} onClear={clear} />
      )}
      {error && <QueryError what="The library could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isPending && <LibrarySkeleton />}
      {nothing && (
        <EmptyState
          icon={<IconMovie size={44} stroke={1.1} />}
          title={isFiltered ? 'No matching videos' : 'No videos yet'}
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
