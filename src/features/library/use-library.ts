import { useMemo } from 'react';
import { VIDEO_STATUSES, type VideoStatusFilter } from '#api/contracts/videos.ts';
import type { VideoListParams } from '#api/resources/videos.ts';
import { getEndOfDay, getStartOfDay } from '#lib/time.ts';
import { usePendingDeletions, videoKey } from '#shared/undo/pending-deletions-store.ts';
import type { VideoSort } from '#shared/videos/video-grid.tsx';
import { useVideoList } from '#shared/videos/video-queries.ts';
import {
  choiceParameter,
  dayParameter,
  textParameter,
  toChange,
  type UrlChange,
  type UrlParameter,
  useUrlState,
} from '#ui/url-state.ts';

/** What of the library is shown, and how; all of it in the URL. */
export interface LibraryFilter {
  readonly view: 'grid' | 'table';
  readonly status: VideoStatusFilter | null;
  /** Days as `YYYY-MM-DD`, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** Id of a collection that the videos are not in. */
  readonly notIn: string | null;
  readonly sort: VideoSort;
  readonly order: 'asc' | 'desc';
  /** Part of the name. The API has no such filter, so it is looked for in what has been listed. */
  readonly name: string;
}

/** The order that the URL names; null where it names none, and the one that goes with the sorting is meant. */
const ORDER: UrlParameter<'asc' | 'desc' | null> = {
  name: 'order',
  parse: (text) => (text === 'asc' || text === 'desc' ? text : null),
  format: (order) => order,
};

const VIEW = choiceParameter('view', ['grid', 'table'], 'grid');
const STATUS: UrlParameter<VideoStatusFilter | null> = {
  name: 'status',
  parse: (text) => VIDEO_STATUSES.find((status) => status === text) ?? null,
  format: (status) => status,
};
const FROM = dayParameter('from');
const TO = dayParameter('to');
const NOT_IN: UrlParameter<string | null> = { name: 'not_in', parse: (text) => text, format: (id) => id || null };
const SORT = choiceParameter('sort', ['created_at', 'name', 'duration', 'recorded_at'], 'created_at');
const NAME = textParameter('name');

const toChanges = <Value>(parameter: UrlParameter<Value>, value: Value | undefined): UrlChange[] =>
  value === undefined ? [] : [toChange(parameter, value)];

/** The library's filter and how to change it. */
export function useLibraryFilter() {
  const { get, change } = useUrlState();
  const sort = get(SORT);
  const filter: LibraryFilter = {
    view: get(VIEW),
    status: get(STATUS),
    from: get(FROM),
    to: get(TO),
    notIn: get(NOT_IN),
    sort,
    order: get(ORDER) ?? (sort === 'name' ? 'asc' : 'desc'),
    name: get(NAME),
  };
  const changeFilter = (changes: Partial<LibraryFilter>) =>
    change([
      ...toChanges(VIEW, changes.view),
      ...toChanges(STATUS, changes.status),
      ...toChanges(FROM, changes.from),
      ...toChanges(TO, changes.to),
      ...toChanges(NOT_IN, changes.notIn),
      ...toChanges(SORT, changes.sort),
      ...toChanges(ORDER, changes.order),
      ...toChanges(NAME, changes.name),
    ]);
  const clear = () => changeFilter({ status: null, from: null, to: null, notIn: null, name: '' });
  const isFiltered = Boolean(filter.status || filter.from || filter.to || filter.notIn || filter.name);
  return { filter, change: changeFilter, clear, isFiltered };
}

/** The parameters of the request for the list. */
function toListParams({ status, from, to, notIn, sort, order }: LibraryFilter): VideoListParams {
  return {
    status: status ?? undefined,
    startTime: from ? getStartOfDay(from) : undefined,
    endTime: to ? getEndOfDay(to) : undefined,
    notInCollection: notIn ?? undefined,
    sortBy: sort,
    sortOrder: order,
  };
}

/** The videos that fit the filter, page after page; what is being deleted is gone already. */
export function useLibrary(filter: LibraryFilter) {
  const { videos: listed, ...list } = useVideoList(toListParams(filter), filter.name);
  const hidden = usePendingDeletions((state) => state.keys);
  const videos = useMemo(() => listed.filter(({ video_id }) => !hidden.has(videoKey(video_id))), [listed, hidden]);
  return { ...list, videos };
}
