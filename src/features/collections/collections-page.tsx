import { Button, Group, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Collection } from '#api/contracts/collections.ts';
import { formatDuration, plural } from '#lib/format.ts';
import { CollectionMenu, NameError } from '#shared/collections/collection-menu.tsx';
import { collectionsQuery, useCreateCollection } from '#shared/collections/collection-queries.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { collectionKey, usePendingDeletions } from '#shared/undo/pending-deletions-store.ts';
import { EmptyState, PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { type UrlParameter, useUrlParameter } from '#ui/url-state.ts';
import classes from './collections.module.css';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** What is in a collection: how many videos, how long they are, and when it last changed, as far as the platform tells. */
function getFacts({ video_count, total_duration, changed_at }: Collection): string[] {
  return [
    plural(video_count, 'video'),
    ...(total_duration ? [formatDuration(total_duration)] : []),
    ...(changed_at ? [`changed ${DATE.format(new Date(changed_at))}`] : []),
  ];
}

/** A collection as a mosaic of its newest videos, with its name and how many there are. */
export function CollectionCard({ collection }: { collection: Collection }) {
  const { collection_id: id, name, description, thumbnails } = collection;
  const pictures = (thumbnails ?? []).slice(0, 4);
  return (
    <li className={classes.card} aria-label={name}>
      <Link to={`/collections/${id}`} className={classes.mosaic} data-count={pictures.length} tabIndex={-1} aria-hidden>
        {pictures.length === 0 && <IconStack2 size={32} stroke={1.1} />}
        {pictures.map((url) => (
          <img key={url} src={url} alt="" loading="lazy" />
        ))}
      </Link>
      <div className={classes.line}>
        <div className={classes.words}>
          <Text component={Link} to={`/collections/${id}`} className={classes.name} title={name}>
            {name}
          </Text>
          <Text size="xs" c="var(--studio-quiet)" truncate>
            {getFacts(collection).join(' · ')}
          </Text>
          {description && (
            <Text size="xs" c="var(--studio-quiet)" truncate title={description}>
              {description}
            </Text>
          )}
        </div>
        <CollectionMenu collection={collection} />
      </div>
    </li>
  );
}

/** Makes a collection where it will stand. */
export function NewCollection({ onDone }: { onDone(): void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const navigate = useNavigate();
  const { mutate, isPending, error, reset } = useCreateCollection();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const collection = { name: name.trim(), description: description.trim() || undefined };
    mutate(collection, {
      onSuccess: ({ collection_id }) => {
        onDone();
        void navigate(`/collections/${collection_id}`);
      },
    });
  };
  return (
    <li className={classes.card}>
      <form onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
        <Stack gap="xs" p={12}>
          <TextInput
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              reset();
            }}
            placeholder="Name"
            aria-label="Name of the new collection"
            maxLength={255}
            error={error && <NameError name={name.trim()} error={error} />}
            autoFocus
          />
          <Textarea
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            placeholder="Description"
            aria-label="Description of the new collection"
            autosize
            minRows={2}
            maxRows={5}
          />
          <Group gap="xs" justify="flex-end">
            <Button variant="subtle" color="gray" size="xs" onClick={onDone}>
              Cancel
            </Button>
            <Button type="submit" size="xs" loading={isPending} disabled={name.trim() === ''}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </li>
  );
}

/** Whether a new collection is being made. */
const IS_MAKING: UrlParameter<boolean> = {
  name: 'new',
  parse: (text) => text !== null,
  format: (isMaking) => (isMaking ? '' : null),
};

const SKELETONS = ['one', 'two', 'three', 'four'];

/** All collections, each with the pictures of its newest videos. */
export function CollectionsPage() {
  useTitle('Collections');
  const [isMaking, setMaking] = useUrlParameter(IS_MAKING);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    collectionsQuery(),
  );
  const hidden = usePendingDeletions((state) => state.keys);
  const collections = useMemo(
    () =>
      (data?.pages ?? [])
        .flatMap((page) => page.data)
        .filter(({ collection_id }) => !hidden.has(collectionKey(collection_id))),
    [data, hidden],
  );
  const total = data?.pages[0]?.total ?? 0;
  const isEmpty = data !== undefined && collections.length === 0 && !isMaking;

  return (
    <>
      <PageHeader title={total > 0 ? `Collections · ${plural(total, 'collection')}` : 'Collections'}>
        {!isPending && !isEmpty && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
            New collection
          </Button>
        )}
      </PageHeader>
      {error && <QueryError what="The collections could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isEmpty && (
        <EmptyState
          icon={<IconStack2 size={44} stroke={1.1} />}
          title="No collections yet"
          text="Group videos to search and map them together. Dropping a folder on Upload also creates one."
        >
          <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
            New collection
          </Button>
        </EmptyState>
      )}
      <ul className={classes.grid} aria-label="Collections">
        {isPending && SKELETONS.map((key) => <Skeleton key={key} component="li" height={210} radius="md" />)}
        {isMaking && <NewCollection onDone={() => setMaking(false)} />}
        {collections.map((collection) => (
          <CollectionCard key={collection.collection_id} collection={collection} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" mt="lg" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
