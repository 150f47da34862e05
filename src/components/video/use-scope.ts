import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Scope } from '#api/resources/search.ts';
import { videosQuery } from '#queries/videos.ts';
import { isSearchable } from './video-status.tsx';

const PARAMETER = 'in';
const COLLECTION = 'collection';

/**
 * The searchable videos and which of them the page looks at, kept in the URL: `in`, ids with commas between, and
 * `collection`, an id. Both together mean their union, neither means all.
 */
export function useScope() {
  const [parameters, setParameters] = useSearchParams();
  const query = useInfiniteQuery(videosQuery());
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = query;

  // "All footage" means all of it, so every page of the list is needed.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const all = useMemo(() => data?.pages.flat() ?? [], [data]);
  const names = useMemo(() => new Map(all.map(({ video_id, name }) => [video_id, name])), [all]);
  // Tables sort by it: it must not change with each drawing, nor look through all videos for each row.
  const nameOf = useCallback((videoId: string) => names.get(videoId) ?? 'Video', [names]);
  const videos = useMemo(() => all.filter(isSearchable), [all]);
  const asked = parameters.get(PARAMETER);
  const chosen = useMemo(
    () => asked?.split(',').filter((id) => videos.some((video) => video.video_id === id)) ?? [],
    [asked, videos],
  );
  const collectionId = parameters.get(COLLECTION);
  const scope = useMemo((): Scope => {
    if (collectionId !== null) return chosen.length > 0 ? { collectionId, videoIds: chosen } : { collectionId };
    return { videoIds: chosen.length > 0 ? chosen : videos.map((video) => video.video_id) };
  }, [collectionId, chosen, videos]);

  const set = (name: string, value: string | null) =>
    setParameters(
      (current) => {
        const next = new URLSearchParams(current);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );

  return {
    videos,
    chosen,
    scope,
    collectionId,
    /** True when there is nothing to look at. */
    isEmpty: collectionId === null && videos.length === 0,
    choose: (ids: string[]) => set(PARAMETER, ids.join(',')),
    leaveCollection: () => set(COLLECTION, null),
    nameOf,
    isPending: query.isPending || hasNextPage,
    error: query.error,
    refetch: query.refetch,
  };
}
