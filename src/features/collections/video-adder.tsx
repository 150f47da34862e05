import { Button, Checkbox, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Collection } from '#api/contracts/collections.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { isProcessed } from '#api/status.ts';
import { lacksPipeline } from '#api/workflows/videos.ts';
import { plural } from '#lib/format.ts';
import { useStartMissing } from '#shared/processing/pipeline-queries.ts';
import { useAddVideos } from '#shared/videos/use-add-videos.tsx';
import { useVideoList } from '#shared/videos/video-queries.ts';
import { getSummary } from '#shared/videos/video-tile.tsx';
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
          Cannot join yet: {getSummary(video).text.toLowerCase()}
        </Text>
      </div>
      {lacksPipeline(video) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={isPending}
          onClick={() =>
            mutate(video, {
              onError: (error) =>
                void notifications.show({ color: 'red', title: 'Not started', message: getErrorMessage(error) }),
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

interface VideoAdderProps {
  readonly collection: Collection;
  readonly opened: boolean;
  onClose(): void;
}

/** Picks videos that are not in the collection yet. Those that cannot join say what they lack, and offer it. */
export function VideoAdder({ collection, opened, onClose }: VideoAdderProps) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { addTo } = useAddVideos();
  const { videos, isPending, hasMore, isLoadingMore, loadMore } = useVideoList(
    { notInCollection: collection.collection_id },
    name,
    opened,
  );

  const close = () => {
    setChosen([]);
    setName('');
    onClose();
  };
  const toggle = (id: string) =>
    setChosen((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));

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
        <ul className={classes.choices} aria-label="Videos that can be added">
          {isPending && <Skeleton component="li" height={160} />}
          {videos.map((video) => (
            <li key={video.video_id} className={classes.choice}>
              {video.thumbnail_path ? <img src={video.thumbnail_path} alt="" loading="lazy" /> : <span />}
              {isProcessed(video) ? (
                <Checkbox
                  checked={chosen.includes(video.video_id)}
                  onChange={() => toggle(video.video_id)}
                  label={video.name}
                />
              ) : (
                <UnreadyVideo video={video} />
              )}
            </li>
          ))}
          {!isPending && videos.length === 0 && (
            <Text component="li" size="sm" c="var(--studio-quiet)" ta="center" py="lg">
              {name.trim() === '' ? 'Every video is in this collection already.' : 'No video of that name.'}
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
            disabled={chosen.length === 0}
            onClick={() => {
              void addTo(collection, chosen);
              close();
            }}
          >
            {chosen.length === 0 ? 'Add videos' : `Add ${plural(chosen.length, 'video')}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
