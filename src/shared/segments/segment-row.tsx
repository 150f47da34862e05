import type { ReactNode } from 'react';
import { formatClock } from '#lib/time.ts';
import { type Scrubbable, ScrubPicture } from '#shared/videos/scrub-picture.tsx';
import classes from './segments.module.css';

export interface SegmentRowProps {
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
  /** The video of the segment, to scrub through it under the pointer. */
  readonly video?: Scrubbable | undefined;
  readonly current: boolean;
  onPlay(): void;
  /** The pointer or the focus is on it: it may be played next. */
  onNear?(): void;
}

/** One segment as a row that plays when pressed: its frame, its time, what is seen. */
export function SegmentRow({
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
  onNear,
}: SegmentRowProps) {
  const range = `${formatClock(start)}–${formatClock(end)}`;
  return (
    <button
      type="button"
      className={classes.segment}
      aria-current={current}
      onClick={onPlay}
      onPointerEnter={(event) => {
        // Scrolling by touch would fetch every row that is touched.
        if (event.pointerType !== 'touch') onNear?.();
      }}
      onFocus={onNear}
      data-start={start}
    >
      <span className={classes.segmentPicture}>
        <ScrubPicture video={video} poster={thumbnail} range={{ start, end }} />
        {under}
      </span>
      <span className={classes.segmentWords}>
        <span className={classes.segmentHead}>
          {heading ? <strong>{heading}</strong> : <strong className={classes.times}>{range}</strong>}
          {aside}
        </span>
        {heading && <span className={classes.times}>{range}</span>}
        {text && <span className={classes.segmentText}>{text}</span>}
        {facts}
      </span>
    </button>
  );
}
