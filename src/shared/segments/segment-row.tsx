import type { ReactNode } from 'react';
import { formatClock } from '#lib/time.ts';
import { type Scrubbable, ScrubPicture } from '#shared/videos/scrub-picture.tsx';
import classes from './segments.module.css';

export interface MomentRowProps {
  readonly thumbnail: string | null | undefined;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly text: string | null;
  readonly heading?: ReactNode;
  readonly aside?: ReactNode;
  /** Beneath the picture. */
  readonly under?: ReactNode;
  /** Beneath the words. */
  readonly facts?: ReactNode;
  /** The video of the moment, to scrub through it under the pointer. */
  readonly video?: Scrubbable | undefined;
  readonly current: boolean;
  onPlay(): void;
}

/** One moment as a row that plays when pressed: its frame, its time, what is seen. */
export function MomentRow({
  thumbnail,
  start,
  end,
  text,
  heading,
  aside,
  under,
  facts,
  video,
  current,
  onPlay,
}: MomentRowProps) {
  const range = `${formatClock(start)}–${formatClock(end)}`;
  return (
    <button type="button" className={classes.moment} aria-current={current} onClick={onPlay} data-start={start}>
      <span className={classes.momentPicture}>
        <ScrubPicture video={video} poster={thumbnail} stretch={{ start, end }} />
        {under}
      </span>
      <span className={classes.momentWords}>
        <span className={classes.momentHead}>
          <strong>{heading ?? range}</strong>
          {aside}
        </span>
        {heading && <span>{range}</span>}
        {text && <span className={classes.momentText}>{text}</span>}
        {facts}
      </span>
    </button>
  );
}
