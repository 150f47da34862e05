import { Button } from '@mantine/core';
import dots from '#shared/segments/segments.module.css';
import classes from './map-page.module.css';
import type { LegendFilter } from './use-filter.ts';

export interface LegendEntry {
  readonly key: string;
  readonly label: string;
  /** Null where the colors mean something else. */
  readonly color: string | null;
  readonly count: number;
}

interface LegendProps {
  readonly title: string;
  readonly entries: readonly LegendEntry[];
  readonly filter: LegendFilter;
}

/** Which color is what, and how many segments it has; pressing one hides or shows it, “only” leaves it alone on the map. */
export function Legend({ title, entries, filter }: LegendProps) {
  return (
    <section className={classes.legend}>
      <h2>
        {title}
        {filter.filter.keys.size > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={filter.showAll}>
            Show all
          </Button>
        )}
      </h2>
      <ul aria-label={`${title} on the map`}>
        {entries.map(({ key, label, color, count }) => (
          <li key={key}>
            <button
              type="button"
              className={classes.entry}
              aria-pressed={filter.isShown(key)}
              onClick={() => filter.toggle(key)}
              onDoubleClick={() => filter.isolate(key)}
            >
              {color && <i className={dots.dot} style={{ background: color }} />}
              <span>{label}</span>
              <span>{count}</span>
            </button>
            <button
              type="button"
              className={classes.only}
              aria-label={`Only ${label}`}
              onClick={() => filter.isolate(key)}
            >
              only
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
