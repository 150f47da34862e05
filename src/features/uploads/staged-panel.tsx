import { Autocomplete, Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { IconStack2, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { estimateUploadCredits } from '#api/resources/uploads.ts';
import { formatBytes, plural } from '#lib/format.ts';
import { allCollectionsQuery } from '#shared/collections/collection-queries.ts';
import type { UploadItem } from '#shared/uploads/upload-item.ts';
import { startStaged, useUploads } from '#shared/uploads/uploads-store.ts';
import { StagedRow } from './staged-row.tsx';
import classes from './upload.module.css';

interface CollectionFieldProps {
  readonly value: string | null;
  onChange(value: string | null): void;
}

/** The name of a collection, an existing one or one to be made. */
function CollectionField({ value, onChange }: CollectionFieldProps) {
  const { data: collections = [] } = useQuery(allCollectionsQuery);
  const names = [...new Set(collections.map(({ name }) => name))];
  const isNew = value !== null && !names.includes(value.trim());
  return (
    <Autocomplete
      label="Add to a collection"
      placeholder="None"
      description={isNew ? 'A new collection will be created' : 'Pick one, or type a new name'}
      inputWrapperOrder={['label', 'input', 'description']}
      data={names}
      value={value ?? ''}
      onChange={(text) => onChange(text.trim() === '' ? null : text)}
      leftSection={<IconStack2 size={16} stroke={1.6} />}
      limit={20}
      clearable
    />
  );
}

/** What has been picked and waits for a go: names, target, and what it will cost, said before it is spent. */
export function StagedPanel({ items }: { items: readonly UploadItem[] }) {
  const uploadOptions = useUploads((state) => state.uploadOptions);
  const setUploadOptions = useUploads((state) => state.setUploadOptions);
  const remove = useUploads((state) => state.remove);
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  const credits = items.reduce((sum, item) => sum + estimateUploadCredits(item.bytes), 0);
  const joins = uploadOptions.collection !== null || items.some(({ collection }) => collection !== null);

  return (
    <section className={classes.panel} aria-label="Ready to upload">
      <Group justify="space-between">
        <Title order={2} size="h5">
          {plural(items.length, 'video')} to upload
        </Title>
        <Text size="sm" c="var(--studio-quiet)">
          {formatBytes(bytes)}
        </Text>
      </Group>
      <ul className={classes.list}>
        {items.map((item, index) => (
          <StagedRow key={item.id} item={item} isFirst={index === 0} isLast={index === items.length - 1} />
        ))}
      </ul>
      <div className={classes.uploadOptions}>
        <CollectionField value={uploadOptions.collection} onChange={(collection) => setUploadOptions({ collection })} />
        <Stack gap="sm">
          <Switch
            checked={uploadOptions.processWhenReady || joins}
            disabled={joins}
            onChange={(event) => setUploadOptions({ processWhenReady: event.currentTarget.checked })}
            label="Process after upload"
            description={
              joins
                ? 'Needed for a collection: only processed videos can be added to one'
                : 'Analyze each video and make it searchable after transcoding'
            }
          />
          <Switch
            checked={uploadOptions.useDynamicHls}
            onChange={(event) => setUploadOptions({ useDynamicHls: event.currentTarget.checked })}
            label="Multiple qualities"
            description="Also creates smaller renditions for slow connections; takes longer"
          />
        </Stack>
      </div>
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" color="gray" onClick={() => remove(items.map(({ id }) => id))}>
          Remove all
        </Button>
        <Button leftSection={<IconUpload size={16} />} onClick={startStaged} data-autofocus>
          Upload {plural(items.length, 'video')} · {plural(credits, 'credit')}
        </Button>
      </Group>
    </section>
  );
}
