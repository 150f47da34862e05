import { Button, Stack, Switch, Text } from '@mantine/core';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTitle } from '#components/layout/use-title.ts';
import { useUploads } from '#stores/uploads.ts';
import { FileDrop } from './file-drop.tsx';
import { UploadRow } from './upload-row.tsx';

/** Where footage comes in: drop files, watch them on their way. */
export function UploadPage() {
  useTitle('Upload');
  const items = useUploads((state) => state.items);
  const processWhenReady = useUploads((state) => state.processWhenReady);
  const setProcessWhenReady = useUploads((state) => state.setProcessWhenReady);
  const clearFinished = useUploads((state) => state.clearFinished);
  const finished = items.some(({ phase }) => ['ready', 'failed', 'cancelled'].includes(phase));

  return (
    <>
      <PageHeader title="Upload">
        {finished && (
          <Button variant="default" size="xs" onClick={clearFinished}>
            Clear finished
          </Button>
        )}
      </PageHeader>
      <Stack gap="lg" maw={880}>
        <FileDrop compact={items.length > 0} />
        <Switch
          checked={processWhenReady}
          onChange={(event) => setProcessWhenReady(event.currentTarget.checked)}
          label="Analyse when ready"
          description="Makes each video searchable and ready for questions as soon as it is transcoded"
        />
        <Stack gap={4} component="ul" p={0} m={0} aria-label="Uploads">
          {items.map((item) => (
            <UploadRow key={item.id} item={item} />
          ))}
        </Stack>
        {items.length > 0 && (
          <Text size="xs" c="var(--studio-quiet)">
            Uploads go on while you look at other pages of the studio. Storage costs 1 credit per 25 MiB.
          </Text>
        )}
      </Stack>
    </>
  );
}
