import { Group, Pill } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { collectionsQuery } from '#queries/collections.ts';
import type { useScope } from './use-scope.ts';
import { VideoPicker } from './video-picker.tsx';

/** What a page looks at: a collection, some videos, both, or all footage. */
export function ScopePicker({ scope }: { scope: ReturnType<typeof useScope> }) {
  const { collectionId } = scope;
  const { data } = useInfiniteQuery({ ...collectionsQuery(), enabled: collectionId !== null });
  const name = data?.pages.flatMap((page) => page.data).find((known) => known.collection_id === collectionId)?.name;
  return (
    <Group gap="xs" wrap="nowrap">
      {collectionId !== null && (
        <Pill
          size="md"
          withRemoveButton
          onRemove={scope.leaveCollection}
          removeButtonProps={{ 'aria-label': 'Leave the collection', 'aria-hidden': false, tabIndex: 0 }}
        >
          {name ?? 'Collection'}
        </Pill>
      )}
      <VideoPicker
        videos={scope.videos}
        chosen={scope.chosen}
        onChange={scope.choose}
        placeholder={collectionId === null ? `All footage (${scope.videos.length})` : 'and further videos'}
      />
    </Group>
  );
}
