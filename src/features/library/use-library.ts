import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { usePendingDeletions, videoKey } from '#shared/undo/pending-deletions-store.ts';
import { videosQuery } from '#shared/videos/video-queries.ts';
import { type LibraryFilter, toListParams } from './use-library-filter.ts';

/** The videos that fit the filter, page after page; what is being deleted is gone already. */
export function useLibrary(filter: LibraryFilter) {
  const query = useInfiniteQuery(videosQuery(toListParams(filter)));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const hidden = usePendingDeletions((state) => state.keys);
  const wanted = filter.name.trim().toLowerCase();
  const videos = useMemo(
    () =>
      (data?.pages.flat() ?? []).filter(
        (video) =>
          !hidden.has(videoKey(video.video_id)) && (wanted === '' || video.name.toLowerCase().includes(wanted)),
      ),
    [data, hidden, wanted],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  // A name is looked for in all videos, so all have to be listed.
  useEffect(() => {
    if (wanted !== '') loadMore();
  }, [wanted, loadMore]);

  return { ...query, videos, loadMore };
}
