import { Button, Group, Stack, Text } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconWifiOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { formatBytes, formatDuration, plural } from '#lib/format.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { SampleButton } from '#shared/uploads/no-videos.tsx';
import { isSettled, type UploadItem } from '#shared/uploads/upload-item.ts';
import { useUploadProgress } from '#shared/uploads/upload-progress-store.ts';
import { clearSettled, useUploads } from '#shared/uploads/uploads-store.ts';
import { PageHeader } from '#ui/page.tsx';
import { textParameter, useUrlParameter } from '#ui/url-state.ts';
import { FileDrop } from './file-drop.tsx';
import { StagedPanel } from './staged-panel.tsx';
import classes from './upload.module.css';
import { UploadRow } from './upload-row.tsx';
import { YoutubeForm } from './youtube-form.tsx';

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
            {allPaused ? 'Paused' : `Uploading ${plural(open.length, 'video')}`}
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

const COLLECTION = textParameter('collection');

/** Takes the collection whose name a link has as the target of the next uploads. */
export function useCollectionFromUrl(): void {
  const [collection] = useUrlParameter(COLLECTION);
  useEffect(() => {
    if (collection) useUploads.getState().setUploadOptions({ collection });
  }, [collection]);
}

/** Where videos come in: pick files, choose options, and watch the progress. */
export function UploadPage() {
  useTitle('Upload');
  const items = useUploads((state) => state.items);
  const isLeader = useUploads((state) => state.isLeader);
  const isLoaded = useUploads((state) => state.isLoaded);
  useCollectionFromUrl();
  const staged = items.filter(({ phase }) => phase === 'staged');
  const queue = items.filter(({ phase }) => phase !== 'staged');

  return (
    <div className={classes.page}>
      <PageHeader title="Upload">
        {queue.some(isSettled) && (
          <Button variant="subtle" color="gray" size="xs" onClick={clearSettled}>
            Clear finished
          </Button>
        )}
        <SampleButton size="xs" />
      </PageHeader>
      <Stack gap="md">
        <FileDrop compact={items.length > 0} />
        <YoutubeForm />
        {staged.length > 0 && <StagedPanel items={staged} />}
        <QueueSummary items={queue} />
        {isLoaded && !isLeader && queue.length > 0 && (
          <Text size="xs" c="var(--studio-quiet)" role="status">
            Another tab is uploading. This tab shows its progress and takes over when that tab is closed.
          </Text>
        )}
        {queue.length > 0 && (
          <ul className={classes.list} aria-label="Uploads">
            {queue.map((item) => (
              <UploadRow key={item.id} item={item} />
            ))}
          </ul>
        )}
      </Stack>
    </div>
  );
}
