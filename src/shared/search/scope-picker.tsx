import { MultiSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { isSearchable } from '#api/status.ts';
import { plural } from '#lib/format.ts';
import { collectionsQuery } from '#shared/collections/collection-queries.ts';
import { allVideosQuery } from '#shared/videos/all-videos-query.ts';
import type { useScope } from './use-scope.ts';

/** The value that stands for a stored set of many videos. */
const SET = 'set';

/** What a page looks at: videos, collections, both (their union), or all videos. Videos are listed once it is opened. */
export function ScopePicker({ scope }: { scope: ReturnType<typeof useScope> }) {
  const { collectionIds, chosen, isSet, getName } = scope;
  const [isOpened, setOpened] = useState(false);
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(collectionsQuery());
  const { data: videos, isFetching } = useQuery({ ...allVideosQuery, enabled: isOpened, refetchInterval: false });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const collections = (data?.pages ?? [])
    .flatMap((page) => page.data)
    .map((collection) => ({ value: collection.collection_id, label: collection.name }));
  const unknownCollections = collectionIds
    .filter((id) => !collections.some(({ value }) => value === id))
    .map((value) => ({ value, label: 'Collection' }));
  const isCollection = new Set([...collections, ...unknownCollections].map(({ value }) => value));
  const listed = (videos ?? []).filter(isSearchable).map(({ video_id, name }) => ({ value: video_id, label: name }));
  const isListed = new Set(listed.map(({ value }) => value));
  const unlisted = isSet
    ? [{ value: SET, label: plural(chosen.length, 'selected video') }]
    : chosen.filter((id) => !isListed.has(id)).map((value) => ({ value, label: getName(value) }));
  return (
    <MultiSelect
      data={[
        { group: 'Collections', items: [...collections, ...unknownCollections] },
        { group: 'Videos', items: [...unlisted, ...listed] },
      ]}
      value={[...collectionIds, ...(isSet ? (chosen.length > 0 ? [SET] : []) : chosen)]}
      onDropdownOpen={() => setOpened(true)}
      onChange={(values) =>
        scope.choose({
          collections: values.filter((value) => isCollection.has(value)),
          videos: values.flatMap((value) => (value === SET ? chosen : isCollection.has(value) ? [] : [value])),
        })
      }
      placeholder={collectionIds.length + chosen.length === 0 ? 'All videos' : undefined}
      aria-label="Scope"
      searchable
      clearable
      hidePickedOptions
      // Thousands of options would all be drawn at once.
      limit={200}
      maxDropdownHeight={320}
      nothingFoundMessage={isFetching ? 'Loading…' : 'No searchable video and no collection of that name'}
    />
  );
}
