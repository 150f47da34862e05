import { formatClock } from '#lib/time.ts';
import classes from './processing.module.css';
import { type StageView, secondsLeft } from './stages.ts';

/** These take a second or two: a clock beside them would only flicker. */
const SHORT: readonly StageView['key'][] = ['thumbnails', 'hls'];

/** What stands beside a stage's name while it runs: how far, and how much of its time is over. */
function formatTiming(stage: StageView, now: number): string {
  const { key, state, percentage, startedAt } = stage;
  if (state === 'queued') return 'queued';
  if (state !== 'busy' || SHORT.includes(key)) return '';
  const elapsed = startedAt === null ? null : (now - startedAt) / 1000;
  const left = secondsLeft(stage, now);
  const clock =
    elapsed === null
      ? ''
      : left === null
        ? formatClock(elapsed)
        : `${formatClock(elapsed)} of ~${formatClock(elapsed + left)}`;
  return [percentage === null ? 'running' : `${percentage} %`, clock].filter(Boolean).join(' · ');
}

const formatStageLabel = ({ label, state, percentage }: StageView) =>
  `${label}: ${state === 'busy' && percentage !== null ? `${percentage} %` : state}`;

function Stage({ stage, now }: { stage: StageView; now: number }) {
  const { label, state, percentage, error } = stage;
  const value = state === 'done' || state === 'failed' ? 100 : state === 'busy' ? (percentage ?? 0) : 0;
  const beside = formatTiming(stage, now);
  return (
    <div className={classes.stage} data-state={state} title={error ?? undefined}>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={formatStageLabel(stage)}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className={classes.bar} style={{ width: `${value}%` }} />
      </div>
      <span className={classes.label}>{label}</span>
      {beside && <span className={classes.timing}>{beside}</span>}
    </div>
  );
}

/** The five stages of a video as one row of small bars. */
export function StageStrip({ stages }: { stages: readonly StageView[] }) {
  const now = Date.now();
  return (
    <div className={classes.frame}>
      <div className={classes.strip}>
        {stages.map((stage) => (
          <Stage key={stage.key} stage={stage} now={now} />
        ))}
      </div>
    </div>
  );
}
