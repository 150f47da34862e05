import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { VIDEO_STATUSES, type VideoStatusFilter } from '#api/contracts/videos.ts';
import type { VideoListParams } from '#api/resources/videos.ts';
import { usePendingDeletions, videoKey } from '#shared/undo/pending-deletions-store.ts';
import { videosQuery } from '#shared/videos/video-queries.ts';

/** What of the library is shown, and how; all of it in the URL. */
export interface LibraryFilter {
  readonly view: 'grid' | 'table';
  readonly status: VideoStatusFilter | null;
  /** Days as `YYYY-MM-DD`, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** Id of a collection that the videos are not in. */
  readonly notIn: string | null;
  readonly sort: 'created_at' | 'name';
  readonly order: 'asc' | 'desc';
  /** Part of the name. The API has no such filter, so it is looked for in what has been listed. */
  readonly name: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const toDay = (text: string | null) => (text && DAY.test(text) ? text : null);

function read(params: URLSearchParams): LibraryFilter {
  const sort = params.get('sort') === 'name' ? 'name' : 'created_at';
  return {
    view: params.get('view') === 'table' ? 'table' : 'grid',
    status: VIDEO_STATUSES.find((status) => status === params.get('status')) ?? null,
    from: toDay(params.get('from')),
    to: toDay(params.get('to')),
    notIn: params.get('not_in'),
    sort,
    order: params.get('order') === 'asc' || (sort === 'name' && params.get('order') !== 'desc') ? 'asc' : 'desc',
    name: params.get('name') ?? '',
  };
}

const NAMES: Readonly<Record<keyof LibraryFilter, string>> = {
  view: 'view',
  status: 'status',
  from: 'from',
  to: 'to',
  notIn: 'not_in',
  sort: 'sort',
  order: 'order',
  name: 'name',
};

/** The library's filter and how to change it. */
export function useLibraryFilter() {
  const [params, setParams] = useSearchParams();
  const filter = read(params);
  const change = (changes: Partial<LibraryFilter>) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        for (const [key, value] of Object.entries(changes)) {
          const name = NAMES[key as keyof LibraryFilter];
          if (value === null || value === '' || (key === 'view' && value === 'grid')) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  const clear = () => change({ status: null, from: null, to: null, notIn: null, name: '' });
  const isFiltered = Boolean(filter.status || filter.from || filter.to || filter.notIn || filter.name);
  return { filter, change, clear, isFiltered };
}

/** What the platform is asked for. A day ends with its last millisecond, here where it is read. */
function toListParams({ status, from, to, notIn, sort, order }: LibraryFilter): VideoListParams {
  return {
    status: status ?? undefined,
    startTime: from ? new Date(`${from}T00:00:00`) : undefined,
    endTime: to ? new Date(`${to}T23:59:59.999`) : undefined,
    notInCollection: notIn ?? undefined,
    sortBy: sort,
    sortOrder: order,
  };
}

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
