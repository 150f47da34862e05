import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { collectionsQuery, collectionVideosQuery } from '#shared/collections/collection-queries.ts';
import { memberKey, usePendingDeletions, videoKey } from '#shared/undo/pending-deletions-store.ts';

/** A collection by its id. The API lists collections and hands out none alone, so it is looked for page after page. */
export function useCollection(id: string) {
  const query = useInfiniteQuery(collectionsQuery());
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPending } = query;
  const collection = data?.pages.flatMap((page) => page.data).find(({ collection_id }) => collection_id === id);
  const isMissing = collection === undefined && hasNextPage;
  useEffect(() => {
    if (isMissing && !isFetchingNextPage) void fetchNextPage();
  }, [isMissing, isFetchingNextPage, fetchNextPage]);
  return { collection, isPending: isPending || isMissing, error: query.error, refetch: query.refetch };
}

/** A collection's videos, page after page; what is being taken out is gone already. */
export function useMembers(id: string) {
  const query = useInfiniteQuery(collectionVideosQuery(id));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const hidden = usePendingDeletions((state) => state.keys);
  const videos = useMemo(
    () =>
      (data?.pages ?? [])
        .flatMap((page) => page.data)
        .filter(({ video_id }) => !hidden.has(memberKey(id, video_id)) && !hidden.has(videoKey(video_id))),
    [data, hidden, id],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...query, videos, total: data?.pages[0]?.total ?? 0, loadMore };
}
