import { useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Scope } from '#api/resources/search.ts';
import { memberIdsQuery } from '#queries/collections.ts';
import { keys } from '#queries/keys.ts';
import { videosQuery } from '#queries/videos.ts';
import { isSearchable } from './video-status.tsx';

const VIDEOS = 'in';
const COLLECTIONS = 'collection';

const listed = (text: string | null): string[] => text?.split(',').filter(Boolean) ?? [];

/**
 * The searchable videos and which of them the page looks at, kept in the URL: `in`, ids of videos, and `collection`, ids
 * of collections, each with commas between. All of them together mean their union, none means all footage.
 */
export function useScope() {
  const [parameters, setParameters] = useSearchParams();
  const client = useQueryClient();
  const query = useInfiniteQuery(videosQuery());
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = query;

  // "All footage" means all of it, so every page of the list is needed.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const all = useMemo(() => data?.pages.flat() ?? [], [data]);
  const byId = useMemo(() => new Map(all.map((video) => [video.video_id, video])), [all]);
  // Tables sort by it: it must not change with each drawing, nor look through all videos for each row.
  const videoOf = useCallback((videoId: string) => byId.get(videoId), [byId]);
  const nameOf = useCallback((videoId: string) => byId.get(videoId)?.name ?? 'Video', [byId]);
  const videos = useMemo(() => all.filter(isSearchable), [all]);
  const [askedVideos, askedCollections] = [parameters.get(VIDEOS), parameters.get(COLLECTIONS)];
  const chosen = useMemo(
    () => listed(askedVideos).filter((id) => videos.some((video) => video.video_id === id)),
    [askedVideos, videos],
  );
  const collectionIds = useMemo(() => listed(askedCollections), [askedCollections]);
  // The API takes one collection; of further ones it gets the videos.
  const further = useQueries({ queries: collectionIds.slice(1).map(memberIdsQuery), combine: unionOf });
  const scope = useMemo((): Scope => {
    const [collectionId] = collectionIds;
    if (collectionId === undefined) {
      return { videoIds: chosen.length > 0 ? chosen : videos.map((video) => video.video_id) };
    }
    const videoIds = [...new Set([...chosen, ...further.ids])];
    return videoIds.length > 0 ? { collectionId, videoIds } : { collectionId };
  }, [collectionIds, chosen, videos, further.ids]);

  const choose = (wanted: { videos: readonly string[]; collections: readonly string[] }) =>
    setParameters(
      (current) => {
        for (const [name, ids] of [
          [VIDEOS, wanted.videos],
          [COLLECTIONS, wanted.collections],
        ] as const) {
          if (ids.length > 0) current.set(name, ids.join(','));
          else current.delete(name);
        }
        return current;
      },
      { replace: true },
    );

  return {
    videos,
    chosen,
    collectionIds,
    scope,
    /** True when there is nothing to look at. */
    isEmpty: collectionIds.length === 0 && videos.length === 0,
    choose,
    nameOf,
    videoOf,
    isPending: query.isPending || hasNextPage || further.isPending,
    error: query.error ?? further.error,
    /** Asks again for the videos, and for what is in the collections. */
    refetch: () =>
      Promise.all([query.refetch(), client.refetchQueries({ queryKey: keys.collections.all, type: 'active' })]),
  };
}

function unionOf(results: { data: string[] | undefined; isPending: boolean; error: Error | null }[]) {
  return {
    ids: results.flatMap(({ data }) => data ?? []),
    isPending: results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
  };
}
