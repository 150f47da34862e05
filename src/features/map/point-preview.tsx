import { formatClock } from '#lib/time.ts';
import classes from './map-page.module.css';
import type { MapSegment } from './map-points.ts';

const WIDTH = 208;

/** The segment under the pointer: its frame, its video, its time. Stands beside the point, inside the plot. */
export function PointPreview({
  segment,
  title,
  at,
}: {
  segment: MapSegment;
  title: string;
  at: { x: number; y: number };
}) {
  const left = at.x > WIDTH + 40 ? at.x - WIDTH - 16 : at.x + 16;
  return (
    <figure className={classes.preview} style={{ left, top: Math.max(8, at.y - 90), margin: 0 }}>
      {segment.thumbnail && <img src={segment.thumbnail} alt="" />}
      <div>
        <strong>{title}</strong> · {formatClock(segment.start)}–{formatClock(segment.end)}
        {segment.text && <p>{segment.text}</p>}
      </div>
    </figure>
  );
}
