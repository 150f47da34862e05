import { IconMovie } from '@tabler/icons-react';
import { useState } from 'react';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { formatClock } from '#lib/time.ts';
import classes from './videos.module.css';

/** A video's picture; under the pointer it runs through the whole video, from left to right. */
export function ScrubPicture({ video }: { video: VideoListItem }) {
  const [share, setShare] = useState<number | null>(null);
  const { thumbnail_path: poster, scrub_path: strip, scrub_frames: frames, duration } = video;
  const scrubs = strip && frames && share !== null;
  const frame = scrubs ? Math.min(frames - 1, Math.floor(share * frames)) : 0;
  const clock = typeof duration === 'number' ? duration : null;
  return (
    <div
      className={classes.picture}
      onPointerMove={(event) => {
        if (event.pointerType !== 'mouse') return;
        const box = event.currentTarget.getBoundingClientRect();
        setShare(Math.max(0, Math.min(0.999, (event.clientX - box.left) / box.width)));
      }}
      onPointerLeave={() => setShare(null)}
    >
      {poster ? <img src={poster} alt="" loading="lazy" draggable={false} /> : <IconMovie size={28} stroke={1.2} />}
      {scrubs && (
        <div className={classes.scrub}>
          <img
            src={strip}
            alt=""
            draggable={false}
            style={{ width: `${frames * 100}%`, translate: `${(-100 * frame) / frames}%` }}
          />
          <span className={classes.scrubBar} style={{ width: `${share * 100}%` }} />
        </div>
      )}
      {clock !== null && (
        <span className={classes.duration}>
          {share !== null && strip ? `${formatClock(share * clock)} / ` : ''}
          {formatClock(clock)}
        </span>
      )}
    </div>
  );
}
