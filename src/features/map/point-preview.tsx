import { formatClock } from '#lib/time.ts';
import classes from './map-page.module.css';
import type { MapMoment } from './map-points.ts';

const WIDTH = 208;

/** The moment under the pointer: its frame, its video, its time. Stands beside the point, inside the plot. */
export function PointPreview({
  moment,
  title,
  at,
}: {
  moment: MapMoment;
  title: string;
  at: { x: number; y: number };
}) {
  const left = at.x > WIDTH + 40 ? at.x - WIDTH - 16 : at.x + 16;
  return (
    <figure className={classes.preview} style={{ left, top: Math.max(8, at.y - 90), margin: 0 }}>
      {moment.thumbnail && <img src={moment.thumbnail} alt="" />}
      <div>
        <strong>{title}</strong> · {formatClock(moment.start)}–{formatClock(moment.end)}
        {moment.text && <p>{moment.text}</p>}
      </div>
    </figure>
  );
}
