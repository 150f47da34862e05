import { type Counts, FILTERS, type Filter } from './filter.ts';
import classes from './pipelines.module.css';

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
