import { Button, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { SampleButton } from '#shared/uploads/no-videos.tsx';
import { isSettled } from '#shared/uploads/upload-item.ts';
import { clearSettled, useUploads } from '#shared/uploads/uploads-store.ts';
import { PageHeader } from '#ui/page.tsx';
import { FileDrop } from './file-drop.tsx';
import { QueueSummary } from './queue-summary.tsx';
import { StagedPanel } from './staged-panel.tsx';
import classes from './upload.module.css';
import { UploadRow } from './upload-row.tsx';
import { YoutubeForm } from './youtube-form.tsx';

/** Takes the collection that a link names (`?collection=`) as the target of the next uploads. */
export function useCollectionFromUrl(): void {
  const [params] = useSearchParams();
  const collection = params.get('collection');
  useEffect(() => {
    if (collection) useUploads.getState().setUploadOptions({ collection });
  }, [collection]);
}

/** Where videos come in: pick files, choose options, and watch the progress. */
export function UploadPage() {
  useTitle('Upload');
  const items = useUploads((state) => state.items);
  const isLeader = useUploads((state) => state.isLeader);
  const loaded = useUploads((state) => state.loaded);
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
        {loaded && !isLeader && queue.length > 0 && (
          <Text size="xs" c="var(--studio-quiet)" role="status">
            Another tab of the studio is sending; this one shows how it goes, and takes over when that one is closed.
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
