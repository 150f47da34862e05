import { formatClock } from '#lib/time.ts';
import classes from './player.module.css';
import { player } from './studio-player.ts';
import { usePlayer } from './use-player.ts';

/** The line of time: what has played, where segments start, and a thumb to move. */
export function SeekBar({ marks }: { marks: readonly number[] }) {
  const time = usePlayer((state) => state.time);
  const duration = usePlayer((state) => state.duration);
  const percent = (seconds: number) => `${duration > 0 ? (seconds / duration) * 100 : 0}%`;
  return (
    <div className={classes.track}>
      <div className={classes.rail}>
        <div className={classes.played} style={{ width: percent(time) }} />
        {marks.map((mark) => (
          <i key={mark} className={classes.mark} style={{ left: percent(mark) }} />
        ))}
      </div>
      <input
        type="range"
        className={classes.range}
        min={0}
        max={Math.max(duration, 0.01)}
        step={0.01}
        value={Math.min(time, duration)}
        onChange={(event) => player.seek(Number(event.currentTarget.value))}
        aria-label="Position in the video"
        aria-valuetext={`${formatClock(time)} of ${formatClock(duration)}`}
      />
    </div>
  );
}
