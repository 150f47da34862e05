import { Button, Skeleton } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { plural } from '#lib/format.ts';
import { collectionsQuery } from '#shared/collections/collection-queries.ts';
import { useTitle } from '#shared/processing/use-title.ts';
import { collectionKey, usePendingDeletions } from '#shared/undo/pending-deletions-store.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { CollectionCard } from './collection-card.tsx';
import classes from './collections.module.css';
import { NewCollection } from './new-collection.tsx';

const SKELETONS = ['one', 'two', 'three', 'four'];

/** All collections, each with the pictures of its newest videos. */
export function CollectionsPage() {
  useTitle('Collections');
  const [params, setParams] = useSearchParams();
  const isMaking = params.has('new');
  const setMaking = (making: boolean) => setParams(making ? { new: '' } : {}, { replace: true });
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
          text="A collection holds videos that belong together, to be searched and mapped as one. Dropping a folder on Upload makes one, too."
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
