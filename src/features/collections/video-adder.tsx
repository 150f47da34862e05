import { Button, Checkbox, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Collection } from '#api/contracts/collections.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isProcessed } from '#api/status.ts';
import { lacksPipeline } from '#api/workflows/videos.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { useStartMissing } from '#shared/processing/pipeline-queries.ts';
import { useAddVideos } from '#shared/videos/use-add-videos.tsx';
import { useVideoList } from '#shared/videos/video-queries.ts';
import { getSummary } from '#shared/videos/video-tile.tsx';
import { showFailure } from '#ui/show-failure.ts';
import classes from './collections.module.css';

/** A video that cannot join a collection yet: what it lacks, and a button that gets it. */
function UnreadyVideo({ video }: { video: VideoListItem }) {
  const { mutate, isPending } = useStartMissing();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" flex={1} miw={0}>
      <div style={{ minWidth: 0 }}>
        <Text size="sm" c="var(--studio-quiet)" truncate>
          {video.name}
        </Text>
        <Text size="xs" c="var(--studio-quiet)">
          Cannot be added yet: {getSummary(video).text.toLowerCase()}
        </Text>
      </div>
      {lacksPipeline(video) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={isPending}
          onClick={() =>
            mutate(video, {
              onError: showFailure('Not started'),
            })
          }
          aria-label={`Process ${video.name}`}
        >
          Process
        </Button>
      )}
    </Group>
  );
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

const describe = ({ duration, created_at }: VideoListItem) =>
  [
    ...(typeof duration === 'number' ? [formatClock(duration)] : []),
    ...(created_at ? [`added ${DATE.format(new Date(created_at))}`] : []),
  ].join(' · ');

interface VideoAdderProps {
  readonly collection: Collection;
  readonly opened: boolean;
  onClose(): void;
}

/** Picks videos that are not in the collection yet. Those that cannot join say what they lack, and offer it. */
export function VideoAdder({ collection, opened, onClose }: VideoAdderProps) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const { addTo } = useAddVideos();
  const { videos, isPending, hasMore, isLoadingMore, loadMore } = useVideoList(
    { notInCollection: collection.collection_id },
    name,
    opened,
  );

  const close = () => {
    setChosen(new Set());
    setAnchor(null);
    setName('');
    onClose();
  };
  const ready = videos.filter(isProcessed).map(({ video_id }) => video_id);
  const readyChosen = ready.filter((id) => chosen.has(id)).length;
  const setAll = (ids: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      for (const id of ids) isChosen ? next.add(id) : next.delete(id);
      return next;
    });
  /** With shift, all from the one pressed before to this one. */
  const press = (id: string, isRange: boolean) => {
    const [from, to] = [ready.indexOf(anchor ?? id), ready.indexOf(id)].sort((a, b) => a - b);
    setAll(isRange && from !== undefined && from >= 0 ? ready.slice(from, (to ?? 0) + 1) : [id], !chosen.has(id));
    setAnchor(id);
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={`Add videos to “${collection.name}”`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="sm">
        <TextInput
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          placeholder="Filter by name"
          aria-label="Filter the videos by name"
          leftSection={<IconSearch size={15} />}
          data-autofocus
        />
        <Group justify="space-between">
          <Checkbox
            label={`Select all ${ready.length}`}
            checked={readyChosen > 0 && readyChosen === ready.length}
            indeterminate={readyChosen > 0 && readyChosen < ready.length}
            disabled={ready.length === 0}
            onChange={() => setAll(ready, readyChosen < ready.length)}
          />
          <Text size="xs" c="var(--studio-quiet)">
            {hasMore ? 'Of the videos listed so far' : plural(videos.length, 'video')}
          </Text>
        </Group>
        <ul className={classes.choices} aria-label="Videos that can be added">
          {isPending && <Skeleton component="li" height={160} />}
          {videos.map((video) => (
            <li key={video.video_id} className={classes.choice}>
              {video.thumbnail_path ? <img src={video.thumbnail_path} alt="" loading="lazy" /> : <span />}
              {isProcessed(video) ? (
                <Checkbox
                  checked={chosen.has(video.video_id)}
                  onClick={(event) => press(video.video_id, event.shiftKey)}
                  readOnly
                  label={video.name}
                  description={describe(video)}
                />
              ) : (
                <UnreadyVideo video={video} />
              )}
            </li>
          ))}
          {!isPending && videos.length === 0 && (
            <Text component="li" size="sm" c="var(--studio-quiet)" ta="center" py="lg">
              {name.trim() === '' ? 'All videos are already in this collection.' : 'No matching videos.'}
            </Text>
          )}
        </ul>
        {hasMore && (
          <Button variant="subtle" color="gray" size="xs" loading={isLoadingMore} onClick={loadMore}>
            Show more
          </Button>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={close}>
            Cancel
          </Button>
          <Button
            disabled={chosen.size === 0}
            onClick={() => {
              void addTo(collection, [...chosen]);
              close();
            }}
          >
            {chosen.size === 0 ? 'Add videos' : `Add ${plural(chosen.size, 'video')}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
