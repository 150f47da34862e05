import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { MomentRow } from '#shared/segments/segment-row.tsx';
import classes from './map-page.module.css';
import type { MapPoints } from './map-points.ts';

const ROW_HEIGHT = 88;

interface MomentListProps {
  readonly label: string;
  readonly points: MapPoints;
  readonly indices: readonly number[];
  readonly active: number | null;
  aside?(position: number): ReactNode;
  onPick(index: number): void;
  videoOf(videoId: string): VideoListItem | undefined;
  nameOf(videoId: string): string;
}

/** Moments as rows that play when pressed; only those in sight are made. */
export function MomentList({ label, points, indices, active, aside, onPick, videoOf, nameOf }: MomentListProps) {
  const list = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: indices.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  return (
    <div ref={list} className={classes.moments}>
      <ul aria-label={label} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const index = indices[row.index] ?? 0;
          const moment = points.moments[index];
          return (
            moment && (
              <li
                key={index}
                ref={rows.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <MomentRow
                  thumbnail={moment.thumbnail}
                  video={videoOf(moment.videoId)}
                  start={moment.start}
                  end={moment.end}
                  heading={nameOf(moment.videoId)}
                  text={moment.text}
                  aside={aside?.(row.index)}
                  current={index === active}
                  onPlay={() => onPick(index)}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
