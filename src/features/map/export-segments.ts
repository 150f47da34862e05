import { csvOf } from '#lib/csv.ts';
import { formatTimecode } from '#lib/time.ts';
import type { MapPoints } from './map-points.ts';

const HEADER = ['video_id', 'video', 'start', 'end', 'x', 'y', 'text'];

/** Moments of the map with their places, as a table; times as `HH:MM:SS.mmm`. */
export function momentsAsCsv(points: MapPoints, indices: readonly number[], nameOf: (id: string) => string): string {
  return csvOf(
    HEADER,
    momentsOf(points, indices, nameOf).map((row) => [
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
export const momentsAsJson = (points: MapPoints, indices: readonly number[], nameOf: (id: string) => string): string =>
  `${JSON.stringify({ moments: momentsOf(points, indices, nameOf) }, null, 2)}\n`;

const rounded = (value: number | undefined) => Number((value ?? 0).toFixed(5));

function momentsOf({ moments, places }: MapPoints, indices: readonly number[], nameOf: (id: string) => string) {
  return indices.flatMap((index) => {
    const moment = moments[index];
    if (!moment) return [];
    return {
      video_id: moment.videoId,
      video: nameOf(moment.videoId),
      start: formatTimecode(moment.start),
      end: formatTimecode(moment.end),
      x: rounded(places.x[index]),
      y: rounded(places.y[index]),
      text: moment.text,
    };
  });
}
