import { MultiSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { collectionsQuery } from '#queries/collections.ts';
import type { useScope } from './use-scope.ts';

/** What a page looks at: videos, collections, both (their union), or all footage. */
export function ScopePicker({ scope }: { scope: ReturnType<typeof useScope> }) {
  const { collectionIds, chosen, videos } = scope;
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(collectionsQuery());
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const collections = (data?.pages ?? [])
    .flatMap((page) => page.data)
    .map((collection) => ({ value: collection.collection_id, label: collection.name }));
  const unknown = collectionIds
    .filter((id) => !collections.some(({ value }) => value === id))
    .map((value) => ({ value, label: 'Collection' }));
  const isCollection = new Set([...collections, ...unknown].map(({ value }) => value));
  return (
    <MultiSelect
      data={[
        { group: 'Collections', items: [...collections, ...unknown] },
        { group: 'Videos', items: videos.map((video) => ({ value: video.video_id, label: video.name })) },
      ]}
      value={[...collectionIds, ...chosen]}
      onChange={(ids) =>
        scope.choose({
          collections: ids.filter((id) => isCollection.has(id)),
          videos: ids.filter((id) => !isCollection.has(id)),
        })
      }
      placeholder={collectionIds.length + chosen.length === 0 ? `All footage (${videos.length})` : undefined}
      aria-label="Where to look"
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={320}
      nothingFoundMessage="No searchable video and no collection of that name"
    />
  );
}
