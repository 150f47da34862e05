import { Button, Group, Text } from '@mantine/core';
import { IconFocus2, IconPhotoSearch, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { formatClock, formatTimecode } from '#lib/time.ts';
import { AddToCollection } from '#shared/collections/add-to-collection.tsx';
import type { Neighbor } from '#shared/embeddings/vectors.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { pictureState } from '#shared/search/picture-query.ts';
import { segmentsQuery } from '#shared/segments/segment-queries.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import { ExportMenu } from '#ui/export-menu.tsx';
import { IconAction } from '#ui/icon-action.tsx';
import { formatCsv, saveFile } from '#ui/save-file.ts';
import classes from './map-page.module.css';
import { getSegment, getVideoId, type MapPoints, type MapSegment } from './map-points.ts';
import type { MapVectorsState } from './map-vectors.ts';

const ROW_HEIGHT = 88;

interface SegmentListProps {
  readonly label: string;
  readonly points: MapPoints;
  readonly indices: readonly number[];
  readonly active: number | null;
  aside?(position: number): ReactNode;
  onPick(index: number): void;
  onNear(index: number): void;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

/** Segments as rows that play when pressed; only those in sight are made. */
function SegmentList({ label, points, indices, active, aside, onPick, onNear, getVideo, getName }: SegmentListProps) {
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
          const segment = getSegment(points, index);
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
                  onNear={() => onNear(index)}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** Searches for what looks like a segment, on the embedded platform. */
function SearchLikeThis({ segment: { videoId, start, thumbnail } }: { segment: MapSegment }) {
  const { data: studio } = useQuery(studioQuery);
  const { data } = useQuery({ ...segmentsQuery(videoId, 'embedded'), enabled: studio?.platform === 'embedded' });
  const known = data?.segments.find((segment) => segment.start === start);
  if (!known) return null;
  return (
    <Button
      component={Link}
      to={`/search?like=${encodeURIComponent(known.id)}`}
      state={pictureState(undefined, thumbnail ? { preview: thumbnail } : {})}
      variant="default"
      leftSection={<IconPhotoSearch size={16} />}
    >
      More like this (1 credit)
    </Button>
  );
}

interface NearestPanelProps {
  readonly points: MapPoints;
  /** The point whose neighbors are wanted; null before one is chosen. */
  readonly of: number | null;
  readonly neighbors: readonly Neighbor[];
  readonly vectors: MapVectorsState;
  readonly active: number | null;
  onPick(index: number): void;
  onNear(index: number): void;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

/** The segments most like one, by the cosine of their vectors rather than by their places on the map. */
export function NearestPanel({
  points,
  of,
  neighbors,
  vectors,
  active,
  onPick,
  onNear,
  getVideo,
  getName,
}: NearestPanelProps) {
  const segment = getSegment(points, of);
  if (!segment) {
    return (
      <Text size="sm" c="var(--studio-quiet)">
        Select a point to list the most similar segments.
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" c="var(--studio-quiet)">
        Most like {getName(segment.videoId)}, {formatClock(segment.start)}–{formatClock(segment.end)}; by cosine of the
        vectors, 1 is the same.
      </Text>
      <SearchLikeThis segment={segment} />
      {vectors.cost > 0 && (
        <Button variant="default" onClick={vectors.fetch} loading={vectors.isFetching}>
          Fetch the vectors of {plural(vectors.cost, 'video')} ({plural(vectors.cost, 'credit')})
        </Button>
      )}
      {vectors.error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(vectors.error)}
        </Text>
      )}
      <SegmentList
        label="Nearest segments"
        points={points}
        indices={neighbors.map(({ index }) => index)}
        active={active}
        aside={(position) => <span title="Cosine">{neighbors[position]?.cosine.toFixed(3)}</span>}
        onPick={onPick}
        onNear={onNear}
        getVideo={getVideo}
        getName={getName}
      />
    </>
  );
}

const HEADER = ['video_id', 'video', 'start', 'end', 'x', 'y', 'text'];

/** Segments of the map with their places, as a table; times as `HH:MM:SS.mmm`. */
function segmentsAsCsv(points: MapPoints, indices: readonly number[], getName: (id: string) => string): string {
  return formatCsv(
    HEADER,
    toRows(points, indices, getName).map((row) => [
      row.video_id,
      row.video,
      row.start,
      row.end,
      row.x,
      row.y,
      row.text ?? '',
    ]),
  );
}

/** The same as JSON. */
const segmentsAsJson = (points: MapPoints, indices: readonly number[], getName: (id: string) => string): string =>
  `${JSON.stringify({ segments: toRows(points, indices, getName) }, null, 2)}\n`;

const rounded = (value: number | undefined) => Number((value ?? 0).toFixed(5));

function toRows(points: MapPoints, indices: readonly number[], getName: (id: string) => string) {
  return indices.flatMap((index) => {
    const segment = getSegment(points, index);
    if (!segment) return [];
    return {
      video_id: segment.videoId,
      video: getName(segment.videoId),
      start: formatTimecode(segment.start),
      end: formatTimecode(segment.end),
      x: rounded(points.places.x[index]),
      y: rounded(points.places.y[index]),
      text: segment.text,
    };
  });
}

interface SelectedPanelProps {
  /** A button that saves the selection. */
  readonly saving: ReactNode;
  readonly points: MapPoints;
  readonly indices: readonly number[];
  readonly active: number | null;
  onPick(index: number): void;
  onNear(index: number): void;
  onPlay(indices: readonly number[]): void;
  onFocus(indices: readonly number[]): void;
  onClear(): void;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

/** The selected segments, and what can be done with them. */
export function SelectedPanel(props: SelectedPanelProps) {
  const { points, indices, active, onPick, onNear, onPlay, onFocus, onClear, getVideo, getName } = props;
  if (indices.length === 0) {
    return (
      <Text size="sm" c="var(--studio-quiet)">
        Draw around points with the lasso or the box above the map, or press space on a point.
      </Text>
    );
  }
  const ids = new Set(indices.map((index) => getVideoId(points, index)));
  return (
    <>
      <Group justify="space-between" gap={4} wrap="nowrap">
        <Text size="sm" role="status">
          {plural(indices.length, 'segment')} of {plural(ids.size, 'video')}
        </Text>
        <Group gap={2} wrap="nowrap">
          <IconAction label="Zoom to selection" onClick={() => onFocus(indices)}>
            <IconFocus2 size={16} />
          </IconAction>
          <ExportMenu
            label="Export segments"
            formats={[
              {
                name: 'CSV',
                save: () => saveFile('segments.csv', segmentsAsCsv(points, indices, getName), 'text/csv;charset=utf-8'),
              },
              {
                name: 'JSON',
                save: () => saveFile('segments.json', segmentsAsJson(points, indices, getName), 'application/json'),
              },
            ]}
          />
          <IconAction label="Clear selection" onClick={onClear}>
            <IconX size={16} />
          </IconAction>
        </Group>
      </Group>
      <Group gap={6}>
        <Button size="compact-sm" leftSection={<IconPlayerPlay size={15} />} onClick={() => onPlay(indices)}>
          Play in order
        </Button>
        {props.saving}
        <AddToCollection videos={[...ids].flatMap((id) => getVideo(id) ?? [])} />
      </Group>
      <SegmentList
        label="Selected segments"
        points={points}
        indices={indices}
        active={active}
        onPick={onPick}
        onNear={onNear}
        getVideo={getVideo}
        getName={getName}
      />
    </>
  );
}
