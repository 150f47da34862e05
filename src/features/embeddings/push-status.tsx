import { Button, Group, Progress, Text } from '@mantine/core';
import type { Push } from '#api/contracts/integrations.ts';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { useChangePush } from '#shared/embeddings/integration-queries.ts';

/** How far a push is, or how it ended; with a way to stop it and a way to go on. */
export function PushStatus({ push }: { push: Push }) {
  const { mutate, isPending, error } = useChangePush();
  const { id, status, video_ids, done_ids, rows } = push;
  const left = video_ids.length - done_ids.length;
  const isRunning = status === 'running';
  const held = `${plural(rows, 'vector')}, ${done_ids.length} of ${plural(video_ids.length, 'video')}`;
  const said = {
    running: held,
    done: `Pushed: ${plural(rows, 'vector')} of ${plural(video_ids.length, 'video')}.`,
    failed: `Stopped half-way: ${held} in the database.`,
    cancelled: `Cancelled: ${held} in the database.`,
  }[status];
  return (
    <>
      {isRunning && (
        <Progress value={(100 * done_ids.length) / video_ids.length} animated aria-label="Push" color="amber" />
      )}
      {push.error && status === 'failed' && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {push.error}
        </Text>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="var(--studio-quiet)" role="status">
          {said}
        </Text>
        {isRunning && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isPending}
            onClick={() => mutate({ id, change: 'cancel' })}
          >
            Cancel
          </Button>
        )}
        {(status === 'failed' || status === 'cancelled') && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isPending}
            onClick={() => mutate({ id, change: 'resume' })}
          >
            Resume {plural(left, 'video')}
          </Button>
        )}
      </Group>
      {error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(error)}
        </Text>
      )}
    </>
  );
}
