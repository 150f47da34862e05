import { MomentRow } from '#components/video/moment-row.tsx';
import { usePlayer } from '#stores/player.ts';
import type { Segment } from './use-segments.ts';
import classes from './video-page.module.css';

/** The video's segments, the one under the playhead marked. */
export function SegmentList({ segments, onPlay }: { segments: readonly Segment[]; onPlay(start: number): void }) {
  const current = usePlayer(({ time }) => segments.findIndex(({ start, end }) => time >= start && time < end));
  return (
    <div className={classes.segments}>
      {segments.map((segment, index) => (
        <MomentRow
          key={segment.id}
          thumbnail={segment.thumbnail}
          start={segment.start}
          end={segment.end}
          text={segment.text}
          current={index === current}
          onPlay={() => onPlay(segment.start)}
        />
      ))}
    </div>
  );
}
