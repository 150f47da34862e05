import type { TimelineHover } from '#engines/timeline/timeline-engine.ts';
import { formatTimecode } from '#lib/time.ts';
import classes from './timeline.module.css';

interface HoverPreviewProps {
  readonly hover: TimelineHover;
  readonly duration: number;
  readonly strip: { readonly url: string; readonly frames: number } | null;
}

/** What is at the second under the pointer: a picture, the time, and what the item there says. */
export function HoverPreview({ hover, duration, strip }: HoverPreviewProps) {
  const { time, x, item } = hover;
  const frame = strip && duration > 0 ? Math.min(strip.frames - 1, Math.floor((time / duration) * strip.frames)) : 0;
  return (
    <div className={classes.hover} style={{ left: `clamp(84px, ${x}px, calc(100% - 84px))` }} aria-hidden>
      {item?.thumbnail ? (
        <img src={item.thumbnail} alt="" />
      ) : (
        strip && (
          <span className={classes.strip}>
            <img
              src={strip.url}
              alt=""
              style={{ width: `${strip.frames * 100}%`, translate: `${(-100 * frame) / strip.frames}%` }}
            />
          </span>
        )
      )}
      <strong>{formatTimecode(time)}</strong>
      {item?.label && <span>{item.label}</span>}
    </div>
  );
}
