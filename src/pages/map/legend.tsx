import dots from '#components/video/video.module.css';
import classes from './map-page.module.css';
import type { MapVideo } from './map-points.ts';

export interface LegendProps {
  readonly videos: readonly MapVideo[];
  readonly hidden: ReadonlySet<string>;
  onChange(hidden: ReadonlySet<string>): void;
  nameOf(videoId: string): string;
}

/** Which colour is which video; pressing one hides or shows its points. */
export function Legend({ videos, hidden, onChange, nameOf }: LegendProps) {
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <ul className={classes.legend} aria-label="Videos on the map">
      {videos.map((video) => (
        <li key={video.id}>
          <button
            type="button"
            className={classes.entry}
            aria-pressed={!hidden.has(video.id)}
            onClick={() => toggle(video.id)}
          >
            <i className={dots.dot} style={{ background: video.color }} />
            <span>{nameOf(video.id)}</span>
            <span>{video.count}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
