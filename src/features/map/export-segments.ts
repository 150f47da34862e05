import { formatCsv } from '#lib/csv.ts';
import { formatTimecode } from '#lib/time.ts';
import type { MapPoints } from './map-points.ts';

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
