import { Button, Paper, Text } from '@mantine/core';
import { IconMovie, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { plural } from '#lib/format.ts';
import { allCollectionsQuery } from '#shared/collections/collection-queries.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { NoVideos } from '#shared/uploads/no-videos.tsx';
import { dropTarget, useDrag } from '#shared/videos/drag-source.ts';
import { useAddVideos } from '#shared/videos/use-add-videos.tsx';
import { useConfirmDeleteVideos } from '#shared/videos/use-delete-videos.tsx';
import { useSelection } from '#shared/videos/use-selection.ts';
import { VideoDrawer } from '#shared/videos/video-drawer.tsx';
import { VideoGrid, type VideoOrder } from '#shared/videos/video-grid.tsx';
import { VideoMenu } from '#shared/videos/video-menu.tsx';
import { EmptyState } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import classes from './library.module.css';
import { LibrarySelectionBar } from './library-selection-bar.tsx';
import { LibrarySkeleton } from './library-skeleton.tsx';
import { LibraryToolbar } from './library-toolbar.tsx';
import type { useLibrary, useLibraryFilter } from './use-library.ts';
import { VideoTable } from './video-table.tsx';

const DATE_TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The collections as places to drop videos on; there while something is dragged. */
export function CollectionDock() {
  const videoIds = useDrag((state) => state.videoIds);
  const { data: collections = [] } = useQuery(allCollectionsQuery);
  const { addTo, addToNew } = useAddVideos();
  if (videoIds.length === 0) return null;
  return (
    <Paper className={classes.dock} shadow="lg" radius="md" aria-label="Drop on a collection">
      <Text size="xs" c="var(--studio-quiet)">
        Drop {plural(videoIds.length, 'video')} on a collection
      </Text>
      <div className={classes.targets}>
        {collections.map((collection) => (
          <div
            key={collection.collection_id}
            className={classes.target}
            {...dropTarget((ids) => void addTo(collection, ids))}
          >
            {collection.name}
          </div>
        ))}
        <div
          className={classes.target}
          {...dropTarget((ids) => void addToNew(`Collection of ${DATE_TIME.format(new Date())}`, ids))}
        >
          <IconPlus size={15} /> New collection
        </div>
      </div>
    </Paper>
  );
}

interface LibraryViewProps {
  readonly library: ReturnType<typeof useLibrary>;
  readonly filtering: ReturnType<typeof useLibraryFilter>;
}

/** The library below its heading: filters, the videos as tiles or rows, and what can be done with those chosen. */
export function LibraryView({ library, filtering }: LibraryViewProps) {
  const { videos, error, isPending, refetch, hasMore, loadMore } = library;
  const { filter, change, clear, isFiltered } = filtering;
  const { data: studio } = useQuery(studioQuery);
  const controls = useSelection(videos.map(({ video_id }) => video_id));
  const chosen = videos.filter(({ video_id }) => controls.selection.chosen.has(video_id));
  const deleteChosen = useConfirmDeleteVideos(chosen, controls.clear);
  const nothing = !isPending && !error && videos.length === 0 && !hasMore;
  const sort: VideoOrder = {
    by: filter.sort,
    order: filter.order,
    canSortByMetadata: studio?.platform === 'embedded',
    onSort: (by) => {
      const first = by === 'name' ? 'asc' : 'desc';
      const other = first === 'asc' ? 'desc' : 'asc';
      change({ sort: by, order: by === filter.sort && filter.order === first ? other : first });
    },
  };
  const VideoSet = filter.view === 'grid' ? VideoGrid : VideoTable;

  return (
    <>
      {!(nothing && !isFiltered) && (
        <LibraryToolbar filter={filter} sort={sort} isFiltered={isFiltered} onChange={change} onClear={clear} />
      )}
      {error && <QueryError what="The library could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isPending && <LibrarySkeleton />}
      {nothing && isFiltered && (
        <EmptyState
          icon={<IconMovie size={44} stroke={1.1} />}
          title="No matching videos"
          text="No videos match these filters."
        >
          <Button variant="default" onClick={clear}>
            Clear filters
          </Button>
        </EmptyState>
      )}
      {nothing && !isFiltered && (
        <NoVideos
          icon={<IconMovie size={44} stroke={1.1} />}
          title="No videos yet"
          text="Upload a video to search it, chat with it and explore it on the map."
        />
      )}
      {videos.length > 0 && (
        <VideoSet
          videos={videos}
          controls={controls}
          onNearEnd={loadMore}
          onDelete={deleteChosen}
          sort={sort}
          renderMenu={(video, isTabStop) => <VideoMenu video={video} isTabStop={isTabStop} />}
        />
      )}
      <LibrarySelectionBar chosen={chosen} of={videos.length} controls={controls} onDelete={deleteChosen} />
      <CollectionDock />
      <VideoDrawer />
    </>
  );
}
