import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { lacksPipeline } from '#api/workflows/backfill.ts';
import { useStartMissing } from '#shared/processing/pipeline-queries.ts';
import { getSummary } from '#shared/videos/video-status.tsx';

/** A video that cannot join a collection yet: what it lacks, and a button that gets it. */
export function UnreadyVideo({ video }: { video: VideoListItem }) {
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
