import { useMemo } from 'react';
import type { Visualization } from '#api/schemas/search.ts';
import type { ScatterData } from '#components/scatter/paint.ts';
import { textOf } from '#lib/text-of.ts';
import { parseTimecode } from '#lib/time.ts';

export interface MapMoment {
  readonly videoId: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly thumbnail: string | null;
  readonly text: string | null;
}

export interface MapVideo {
  readonly id: string;
  readonly color: string;
  readonly hlsUrl: string | null;
  readonly count: number;
}

export interface MapPoints {
  /** In the order of the points. */
  readonly moments: readonly MapMoment[];
  readonly videos: readonly MapVideo[];
  readonly data: ScatterData;
}

const NO_COLOR = 'hsl(220, 8%, 60%)';

function pointsOf(map: Visualization): MapPoints {
  const ids = Object.keys(map.videos);
  const group = new Map(ids.map((id, index) => [id, index]));
  const videos = ids.map((id) => ({
    id,
    color: map.videos[id]?.color ?? NO_COLOR,
    hlsUrl: map.videos[id]?.hls_playlist_url ?? null,
    count: map.points.filter((point) => point.video_id === id).length,
  }));
  return {
    moments: map.points.map((point) => ({
      videoId: point.video_id,
      start: parseTimecode(point.start),
      end: parseTimecode(point.end),
      thumbnail: point.thumbnail_url ?? null,
      text: textOf(point),
    })),
    videos,
    data: {
      x: Float32Array.from(map.points, ({ x }) => x),
      y: Float32Array.from(map.points, ({ y }) => y),
      group: Uint16Array.from(map.points, ({ video_id }) => group.get(video_id) ?? 0),
      colors: videos.map(({ color }) => color),
    },
  };
}

const NOTHING: Visualization = { videos: {}, points: [] };

/** The API's map as the plot wants it. */
export function useMapPoints(map: Visualization | undefined): MapPoints {
  return useMemo(() => pointsOf(map ?? NOTHING), [map]);
}

/** The point whose moment is under the playhead; null when another video, or none, is open. */
export function pointAt(points: MapPoints, videoId: string | undefined, time: number): number | null {
  const index = points.moments.findIndex(
    (moment) => moment.videoId === videoId && time >= moment.start && time < moment.end,
  );
  return index < 0 ? null : index;
}

/** A 1 for each point of a hidden video; null when none is hidden. */
export function fadedPoints(points: MapPoints, hidden: ReadonlySet<string>): Uint8Array | null {
  if (hidden.size === 0) return null;
  return Uint8Array.from(points.moments, ({ videoId }) => (hidden.has(videoId) ? 1 : 0));
}
