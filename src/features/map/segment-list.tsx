import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import classes from './map-page.module.css';
import type { MapPoints } from './map-points.ts';

const ROW_HEIGHT = 88;

interface SegmentListProps {
  readonly label: string;
  readonly points: MapPoints;
  readonly indices: readonly number[];
  readonly active: number | null;
  aside?(position: number): ReactNode;
  onPick(index: number): void;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

/** Segments as rows that play when pressed; only those in sight are made. */
export function SegmentList({ label, points, indices, active, aside, onPick, getVideo, getName }: SegmentListProps) {
  const list = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: indices.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  return (
    <div ref={list} className={classes.segments}>
      <ul aria-label={label} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const index = indices[row.index] ?? 0;
          const segment = points.segments[index];
          return (
            segment && (
              <li
                key={index}
                ref={rows.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <SegmentRow
                  thumbnail={segment.thumbnail}
                  video={getVideo(segment.videoId)}
                  start={segment.start}
                  end={segment.end}
                  heading={getName(segment.videoId)}
                  text={segment.text}
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
