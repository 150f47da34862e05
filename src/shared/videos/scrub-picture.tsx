import { IconMovie } from '@tabler/icons-react';
import { useState } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { formatClock, type TimeRange } from '#lib/time.ts';
import classes from './videos.module.css';

/** What can be scrubbed: pictures of the whole video side by side, and how long it is in seconds. */
export type Scrubbable = Pick<VideoListItem, 'scrub_path' | 'scrub_frames' | 'duration'>;

interface ScrubPictureProps {
  readonly video: Scrubbable | undefined;
  /** Shown while nothing is scrubbed. */
  readonly poster: string | null | undefined;
  /** Scrubs what is around this range only; the whole video without it. */
  readonly range?: TimeRange;
}

/** So many pictures are run through at least, since one alone would not move. */
const MIN_FRAMES = 4;

/** The range, made so long that enough pictures lie in it. */
function widened({ start, end }: TimeRange, duration: number, frames: number): TimeRange {
  const least = Math.min(duration, (MIN_FRAMES / frames) * duration);
  const missing = Math.max(0, least - (end - start));
  const from = Math.max(0, Math.min(start - missing / 2, duration - least));
  return { start: from, end: Math.min(duration, Math.max(end, from + least)) };
}

/** A picture of a video or of a segment; under the pointer it runs through it, from left to right. */
export function ScrubPicture({ video, poster, range }: ScrubPictureProps) {
  const [fraction, setFraction] = useState<number | null>(null);
  const { scrub_path: strip, scrub_frames: frames, duration } = video ?? {};
  const whole = typeof duration === 'number' && duration > 0 ? duration : null;
  const span = whole && range && frames ? widened(range, whole, frames) : { start: 0, end: whole ?? 1 };
  const time = fraction === null ? null : span.start + fraction * (span.end - span.start);
  const scrubs = strip && frames && time !== null;
  const frame = scrubs ? Math.min(frames - 1, Math.floor((time / (whole ?? 1)) * frames)) : 0;
  return (
    <span
      className={classes.picture}
      onPointerMove={(event) => {
        if (event.pointerType !== 'mouse') return;
        const box = event.currentTarget.getBoundingClientRect();
        setFraction(Math.max(0, Math.min(0.999, (event.clientX - box.left) / box.width)));
      }}
      onPointerLeave={() => setFraction(null)}
    >
      {poster ? <img src={poster} alt="" loading="lazy" draggable={false} /> : <IconMovie size={28} stroke={1.2} />}
      {scrubs && (
        <span className={classes.scrub}>
          <img
            src={strip}
            alt=""
            draggable={false}
            style={{ width: `${frames * 100}%`, translate: `${(-100 * frame) / frames}%` }}
          />
          <span className={classes.scrubBar} style={{ width: `${(fraction ?? 0) * 100}%` }} />
        </span>
      )}
      {whole !== null && (!range || scrubs) && (
        <span className={classes.duration}>
          {time !== null && strip ? formatClock(time) : ''}
          {time !== null && strip && !range ? ' / ' : ''}
          {range ? '' : formatClock(whole)}
        </span>
      )}
    </span>
  );
}
