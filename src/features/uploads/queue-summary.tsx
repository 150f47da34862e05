import { Button, Group, Text } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconWifiOff } from '@tabler/icons-react';
import { formatBytes, formatDuration, plural } from '#lib/format.ts';
import type { UploadItem } from '#shared/uploads/upload-item.ts';
import { useUploadProgress } from '#shared/uploads/upload-progress-store.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import classes from './upload.module.css';

/** All files that are being sent, as one. */
export function QueueSummary({ items }: { items: readonly UploadItem[] }) {
  const byId = useUploadProgress((state) => state.byId);
  const change = useUploads((state) => state.change);
  const { online } = useNetwork();
  const open = items.filter(({ phase }) => phase === 'queued' || phase === 'uploading');
  if (open.length === 0) return null;

  const total = open.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = open.reduce((sum, { id, arrived }) => sum + (byId[id]?.sent ?? arrived), 0);
  const speed = open.reduce((sum, { id, paused }) => sum + (paused ? 0 : (byId[id]?.speed ?? 0)), 0);
  const inFlight = open.reduce((sum, { id }) => sum + (byId[id]?.parts?.inFlight ?? 0), 0);
  const allPaused = open.every(({ paused }) => paused);
  const pauseAll = (paused: boolean) => {
    for (const { id } of open) change(id, { paused });
  };
  const facts = [
    `${formatBytes(sent)} of ${formatBytes(total)}`,
    ...(speed > 0 && online
      ? [
          `${formatBytes(speed)}/s`,
          `${formatDuration((total - sent) / speed)} left`,
          `${plural(inFlight, 'part')} in flight`,
        ]
      : []),
  ];
  return (
    <section className={classes.summary} aria-label="All uploads">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600} size="sm">
            {allPaused ? 'Paused' : `Sending ${plural(open.length, 'video')}`}
          </Text>
          <Text size="xs" c="var(--studio-quiet)">
            {facts.join(' · ')}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          leftSection={allPaused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          onClick={() => pauseAll(!allPaused)}
        >
          {allPaused ? 'Resume all' : 'Pause all'}
        </Button>
      </Group>
      <progress className={classes.total} max={Math.max(1, total)} value={sent} aria-label="All uploads" />
      {!online && (
        <Group gap={6} role="status">
          <IconWifiOff size={15} />
          <Text size="xs">This computer is offline. Uploads resume when the connection is back.</Text>
        </Group>
      )}
    </section>
  );
}
