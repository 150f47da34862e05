import { Paper, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { plural } from '#lib/format.ts';
import { collectionsQuery } from '#shared/collections/collection-queries.ts';
import { dropTarget, useDrag } from '#shared/videos/drag-source.ts';
import { useAddVideos } from '#shared/videos/use-add-videos.tsx';
import classes from './dock.module.css';

const TODAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The collections as places to drop videos on; there while something is dragged. */
export function CollectionDock() {
  const videoIds = useDrag((state) => state.videoIds);
  const { data } = useInfiniteQuery(collectionsQuery());
  const { addTo, addToNew } = useAddVideos();
  if (videoIds.length === 0) return null;
  return (
    <Paper className={classes.dock} shadow="lg" radius="md" aria-label="Drop on a collection">
      <Text size="xs" c="var(--studio-quiet)">
        Drop {plural(videoIds.length, 'video')} on a collection
      </Text>
      <div className={classes.targets}>
        {(data?.pages ?? [])
          .flatMap((page) => page.data)
          .map((collection) => (
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
          {...dropTarget((ids) => void addToNew(`Collection of ${TODAY.format(new Date())}`, ids))}
        >
          <IconPlus size={15} /> New collection
        </div>
      </div>
    </Paper>
  );
}
