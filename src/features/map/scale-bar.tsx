import type { ColorScale } from './coloring.ts';
import classes from './map-page.module.css';

/** A run of colors, and what its ends stand for. */
export function ScaleBar({ scale: { colors, from, to } }: { scale: ColorScale }) {
  return (
    <div className={classes.scale}>
      <i style={{ background: `linear-gradient(90deg, ${colors.join(', ')})` }} />
      <span>{from}</span>
      <span>{to}</span>
    </div>
  );
}
