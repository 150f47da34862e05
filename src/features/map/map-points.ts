import { bisectRight } from 'd3';
import { useMemo } from 'react';
import type { Visualization } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-times.ts';
import type { Place, ScatterPoints } from '#engines/scatter/scatter-data.ts';
import { textOf } from '#lib/text-of.ts';

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
  /** Its points, in the order of time. */
  readonly path: readonly number[];
  /** When each of them starts, in seconds. */
  readonly starts: readonly number[];
}

export interface MapPoints {
  /** In the order of the points. */
  readonly moments: readonly MapMoment[];
  readonly videos: readonly MapVideo[];
  readonly places: ScatterPoints;
  /** For each point its video, as an index into `videos`. */
  readonly group: Uint16Array;
}

const NO_COLOR = 'hsl(220, 8%, 60%)';

function pointsOf(map: Visualization): MapPoints {
  const moments = map.points.map((point) => ({
    videoId: point.video_id,
    ...readSegmentTimes(point),
    thumbnail: point.thumbnail_url ?? null,
    text: textOf(point),
  }));
  const startOf = (index: number) => moments[index]?.start ?? 0;
  const ids = Object.keys(map.videos);
  const paths = new Map<string, number[]>(ids.map((id) => [id, []]));
  moments.forEach(({ videoId }, index) => {
    paths.get(videoId)?.push(index);
  });
  const number = new Map(ids.map((id, index) => [id, index]));
  return {
    moments,
    videos: ids.map((id) => {
      const path = (paths.get(id) ?? []).sort((a, b) => startOf(a) - startOf(b));
      return {
        id,
        color: map.videos[id]?.color ?? NO_COLOR,
        hlsUrl: map.videos[id]?.hls_playlist_url ?? null,
        path,
        starts: path.map(startOf),
      };
    }),
    places: {
      x: Float32Array.from(map.points, ({ x }) => x),
      y: Float32Array.from(map.points, ({ y }) => y),
    },
    group: Uint16Array.from(map.points, ({ video_id }) => number.get(video_id) ?? 0),
  };
}

const NOTHING: Visualization = { videos: {}, points: [] };

/** The API's map as the plot wants it. */
export function useMapPoints(map: Visualization | undefined): MapPoints {
  return useMemo(() => pointsOf(map ?? NOTHING), [map]);
}

export const videoOf = (points: MapPoints, videoId: string | undefined): MapVideo | undefined =>
  points.videos.find(({ id }) => id === videoId);

/** The point whose moment is under the playhead; null when another video, or none, is open. */
export function pointAt(points: MapPoints, videoId: string | undefined, time: number): number | null {
  const video = videoOf(points, videoId);
  const index = video?.path[bisectRight(video.starts, time) - 1];
  const moment = index === undefined ? undefined : points.moments[index];
  return index !== undefined && moment && time < moment.end ? index : null;
}

const middle = ({ start, end }: MapMoment) => (start + end) / 2;

/** Where the playhead is on the map: on the way from one moment's point to the next, at each in the middle of its time. */
export function playheadAt({ moments, places }: MapPoints, video: MapVideo, time: number): Place | null {
  const { path } = video;
  const after = path.findIndex((index) => {
    const moment = moments[index];
    return moment !== undefined && middle(moment) > time;
  });
  const last = path.at(-1);
  const to = after < 0 ? last : path[after];
  const from = after < 1 ? to : path[after - 1];
  if (from === undefined || to === undefined) return null;
  const [before, next] = [moments[from], moments[to]];
  if (!before || !next) return null;
  const span = middle(next) - middle(before);
  const share = span > 0 ? (time - middle(before)) / span : 0;
  const along = (axis: Float32Array) => (axis[from] ?? 0) + share * ((axis[to] ?? 0) - (axis[from] ?? 0));
  return { x: along(places.x), y: along(places.y) };
}
