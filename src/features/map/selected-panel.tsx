import { Button, Group, Menu, Text } from '@mantine/core';
import { IconDownload, IconFocus2, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { plural } from '#lib/format.ts';
import { formatTimecode } from '#lib/time.ts';
import { AddToCollection } from '#shared/collections/add-to-collection.tsx';
import { IconAction } from '#ui/icon-action.tsx';
import { formatCsv, saveFile, toFileName } from '#ui/save-file.ts';
import type { MapPoints } from './map-points.ts';
import { SegmentList } from './segment-list.tsx';

const HEADER = ['video_id', 'video', 'start', 'end', 'x', 'y', 'text'];

/** Segments of the map with their places, as a table; times as `HH:MM:SS.mmm`. */
export function segmentsAsCsv(points: MapPoints, indices: readonly number[], getName: (id: string) => string): string {
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
export const segmentsAsJson = (
  points: MapPoints,
  indices: readonly number[],
  getName: (id: string) => string,
): string => `${JSON.stringify({ segments: toRows(points, indices, getName) }, null, 2)}\n`;

const rounded = (value: number | undefined) => Number((value ?? 0).toFixed(5));

function toRows({ segments, places }: MapPoints, indices: readonly number[], getName: (id: string) => string) {
  return indices.flatMap((index) => {
    const segment = segments[index];
    if (!segment) return [];
    return {
      video_id: segment.videoId,
      video: getName(segment.videoId),
      start: formatTimecode(segment.start),
      end: formatTimecode(segment.end),
      x: rounded(places.x[index]),
      y: rounded(places.y[index]),
      text: segment.text,
    };
  });
}

interface SelectedPanelProps {
  readonly points: MapPoints;
  readonly indices: readonly number[];
  readonly active: number | null;
  onPick(index: number): void;
  onPlay(indices: readonly number[]): void;
  onFocus(indices: readonly number[]): void;
  onClear(): void;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

const FILE = 'segments';

/** The selected segments, and what can be done with them. */
export function SelectedPanel(props: SelectedPanelProps) {
  const { points, indices, active, onPick, onPlay, onFocus, onClear, getVideo, getName } = props;
  if (indices.length === 0) {
    return (
      <Text size="sm" c="var(--studio-quiet)">
        Draw around points with the lasso or the box above the map, or press space on a point.
      </Text>
    );
  }
  const ids = new Set(indices.flatMap((index) => points.segments[index]?.videoId ?? []));
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
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconDownload size={15} />}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                onClick={() => saveFile(toFileName(FILE, 'csv'), segmentsAsCsv(points, indices, getName), 'text/csv')}
              >
                CSV
              </Menu.Item>
              <Menu.Item
                onClick={() =>
                  saveFile(toFileName(FILE, 'json'), segmentsAsJson(points, indices, getName), 'application/json')
                }
              >
                JSON
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <IconAction label="Clear selection" onClick={onClear}>
            <IconX size={16} />
          </IconAction>
        </Group>
      </Group>
      <Group gap={6}>
        <Button size="compact-sm" leftSection={<IconPlayerPlay size={15} />} onClick={() => onPlay(indices)}>
          Play in order
        </Button>
        <AddToCollection videos={[...ids].flatMap((id) => getVideo(id) ?? [])} />
      </Group>
      <SegmentList
        label="Selected segments"
        points={points}
        indices={indices}
        active={active}
        onPick={onPick}
        getVideo={getVideo}
        getName={getName}
      />
    </>
  );
}
