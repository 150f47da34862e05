import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { videosQuery } from '#queries/videos.ts';
import { isSearchable } from './video-status.tsx';

const PARAMETER = 'in';

/** The searchable videos and which of them the page looks at, kept in the URL (`in`, ids with commas between). */
export function useScope() {
  const [parameters, setParameters] = useSearchParams();
  const query = useInfiniteQuery(videosQuery());
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = query;

  // "All footage" means all of it, so every page of the list is needed.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const all = useMemo(() => data?.pages.flat() ?? [], [data]);
  const videos = useMemo(() => all.filter(isSearchable), [all]);
  const asked = parameters.get(PARAMETER);
  const chosen = useMemo(
    () => asked?.split(',').filter((id) => videos.some((video) => video.video_id === id)) ?? [],
    [asked, videos],
  );
  const videoIds = useMemo(
    () => (chosen.length > 0 ? chosen : videos.map((video) => video.video_id)),
    [chosen, videos],
  );

  const choose = (ids: string[]) =>
    setParameters(
      (current) => {
        const next = new URLSearchParams(current);
        if (ids.length > 0) next.set(PARAMETER, ids.join(','));
        else next.delete(PARAMETER);
        return next;
      },
      { replace: true },
    );

  return {
    videos,
    chosen,
    videoIds,
    choose,
    nameOf: (videoId: string) => all.find((video) => video.video_id === videoId)?.name ?? 'Video',
    isPending: query.isPending || hasNextPage,
    error: query.error,
    refetch: query.refetch,
  };
}
