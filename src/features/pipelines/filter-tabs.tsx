import type { VideoListItem } from '#api/contracts/videos.ts';
import { getProcessingState, type ProcessingState } from '#shared/processing/stages.ts';
import { choiceParameter, useUrlParameter } from '#ui/url-state.ts';
import classes from './pipelines.module.css';

const FILTERS = ['all', 'running', 'missing', 'failed', 'done'] as const;
export type Filter = (typeof FILTERS)[number];
const FILTER = choiceParameter('show', FILTERS, 'all');
export type Counts = Readonly<Record<Filter, number>>;

/** How many videos stand where. */
export function getCounts(videos: readonly VideoListItem[]): Counts {
  const counts = { all: videos.length, running: 0, missing: 0, failed: 0, done: 0 };
  for (const video of videos) counts[getProcessingState(video)] += 1;
  return counts;
}

/** Which videos are shown; kept in the URL. */
export function useFilter() {
  const [filter, setFilter] = useUrlParameter(FILTER);
  const fits = (video: VideoListItem) =>
    filter === 'all' || getProcessingState(video) === (filter satisfies ProcessingState);
  return { filter, setFilter, fits };
}

const LABELS: Readonly<Record<Filter, string>> = {
  all: 'All',
  running: 'Running',
  missing: 'Not processed',
  failed: 'Failed',
  done: 'Done',
};

interface FilterTabsProps {
  readonly counts: Counts;
  readonly value: Filter;
  onChange(value: Filter): void;
}

/** The counts, which are the filters too. */
export function FilterTabs({ counts, value, onChange }: FilterTabsProps) {
  return (
    <div className={classes.filters} role="toolbar" aria-label="Show">
      {FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          className={classes.filter}
          data-bad={filter === 'failed' && counts.failed > 0}
          aria-pressed={filter === value}
          onClick={() => onChange(filter)}
        >
          <span className={classes.count}>{counts[filter].toLocaleString('en')}</span>
          <span className={classes.kind}>{LABELS[filter]}</span>
        </button>
      ))}
    </div>
  );
}
