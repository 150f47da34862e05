import { ActionIcon, Button, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconRotate, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import { formatBytes, formatDuration, plural } from '#lib/format.ts';
import { type UploadItem, useUploads } from '#stores/uploads.ts';
import { StageStrip } from './stage-strip.tsx';
import classes from './upload.module.css';

function statusText(item: UploadItem): string {
  const credits = plural(estimateUploadCredits(item.bytes), 'credit');
  switch (item.phase) {
    case 'queued':
      return `Waiting · ${formatBytes(item.bytes)} · ${credits}`;
    case 'uploading': {
      const left = item.speed > 0 ? ` · ${formatDuration((item.bytes - item.sent) / item.speed)} left` : '';
      return `${formatBytes(item.sent)} of ${formatBytes(item.bytes)} · ${formatBytes(item.speed)}/s${left}`;
    }
    case 'processing':
    case 'ready':
      return `${formatBytes(item.bytes)} uploaded · ${credits}`;
    case 'failed':
      return item.error ?? 'The upload failed.';
    case 'cancelled':
      return 'Cancelled; nothing was kept.';
  }
}

/** One file on its way: bytes first, then the stages that make it playable and searchable. */
export function UploadRow({ item }: { item: UploadItem }) {
  const cancel = useUploads((state) => state.cancel);
  const retry = useUploads((state) => state.retry);
  const sending = item.phase === 'queued' || item.phase === 'uploading';
  const failed = item.phase === 'failed';
  return (
    <li className={classes.row} data-phase={item.phase} aria-label={item.name}>
      <Text className={classes.name} title={item.name}>
        {item.name}
      </Text>
      <Group gap={6} wrap="nowrap">
        {item.videoId && !failed && (
          <Button component={Link} to={`/videos/${item.videoId}`} size="compact-sm" variant="default">
            Open
          </Button>
        )}
        {sending && (
          <Tooltip label="Cancel">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Cancel ${item.name}`}
              onClick={() => cancel(item.id)}
            >
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        {(item.phase === 'cancelled' || (failed && item.videoId === null && item.bytes > 0)) && (
          <Tooltip label="Try again">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Try ${item.name} again`}
              onClick={() => retry(item.id)}
            >
              <IconRotate size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {sending && (
        <Progress
          className={classes.wide}
          value={(item.sent / Math.max(1, item.bytes)) * 100}
          size="sm"
          aria-label={`Upload of ${item.name}`}
        />
      )}
      <Text
        className={classes.wide}
        size="xs"
        c={failed ? 'red' : 'var(--studio-quiet)'}
        role={failed ? 'alert' : undefined}
      >
        {statusText(item)}
      </Text>
      {item.videoId && !failed && <StageStrip videoId={item.videoId} willProcess={item.processWhenReady} />}
    </li>
  );
}
