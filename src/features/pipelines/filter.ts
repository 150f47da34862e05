import { useSearchParams } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getProcessingState, type ProcessingState } from '#shared/processing/processing-state.ts';

export const FILTERS = ['all', 'running', 'missing', 'failed', 'done'] as const;
export type Filter = (typeof FILTERS)[number];
export type Counts = Readonly<Record<Filter, number>>;

/** How many videos stand where. */
export function getCounts(videos: readonly VideoListItem[]): Counts {
  const counts = { all: videos.length, running: 0, missing: 0, failed: 0, done: 0 };
  for (const video of videos) counts[getProcessingState(video)] += 1;
  return counts;
}

/** Which videos are shown; kept in the URL as `?show=`. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  const filter = FILTERS.find((name) => name === params.get('show')) ?? 'all';
  const setFilter = (next: Filter) => setParams(next === 'all' ? {} : { show: next }, { replace: true });
  const fits = (video: VideoListItem) =>
    filter === 'all' || getProcessingState(video) === (filter satisfies ProcessingState);
  return { filter, setFilter, fits };
}
