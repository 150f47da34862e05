import { bisectRight } from 'd3';
import { useMemo } from 'react';
import type { Visualization } from '#api/contracts/search.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import type { Point, ScatterPoints } from '#engines/scatter/scatter-data.ts';

export interface MapSegment {
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
  readonly segments: readonly MapSegment[];
  readonly videos: readonly MapVideo[];
  readonly places: ScatterPoints;
  /** For each point its video, as an index into `videos`. */
  readonly group: Uint16Array;
}

const NO_COLOR = 'hsl(220, 8%, 60%)';

function toMapPoints(map: Visualization): MapPoints {
  const segments = map.points.map((point) => ({
    videoId: point.video_id,
    ...readSegmentTimes(point),
    thumbnail: point.thumbnail_url ?? null,
    text: getText(point),
  }));
  const getStart = (index: number) => segments[index]?.start ?? 0;
  const ids = Object.keys(map.videos);
  const paths = new Map<string, number[]>(ids.map((id) => [id, []]));
  segments.forEach(({ videoId }, index) => {
    paths.get(videoId)?.push(index);
  });
  const number = new Map(ids.map((id, index) => [id, index]));
  return {
    segments,
    videos: ids.map((id) => {
      const path = (paths.get(id) ?? []).sort((a, b) => getStart(a) - getStart(b));
      return {
        id,
        color: map.videos[id]?.color ?? NO_COLOR,
        hlsUrl: map.videos[id]?.hls_playlist_url ?? null,
        path,
        starts: path.map(getStart),
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
  return useMemo(() => toMapPoints(map ?? NOTHING), [map]);
}

export const getVideo = (points: MapPoints, videoId: string | undefined): MapVideo | undefined =>
  points.videos.find(({ id }) => id === videoId);

/** The point whose segment is under the playhead; null when another video, or none, is open. */
export function pointAt(points: MapPoints, videoId: string | undefined, time: number): number | null {
  const video = getVideo(points, videoId);
  const index = video?.path[bisectRight(video.starts, time) - 1];
  const segment = index === undefined ? undefined : points.segments[index];
  return index !== undefined && segment && time < segment.end ? index : null;
}

const middle = ({ start, end }: MapSegment) => (start + end) / 2;

/** Where the playhead is on the map: on the way from one segment's point to the next, at each in the middle of its time. */
export function playheadAt({ segments, places }: MapPoints, video: MapVideo, time: number): Point | null {
  const { path } = video;
  const after = path.findIndex((index) => {
    const segment = segments[index];
    return segment !== undefined && middle(segment) > time;
  });
  const last = path.at(-1);
  const to = after < 0 ? last : path[after];
  const from = after < 1 ? to : path[after - 1];
  if (from === undefined || to === undefined) return null;
  const [before, next] = [segments[from], segments[to]];
  if (!before || !next) return null;
  const span = middle(next) - middle(before);
  const fraction = span > 0 ? (time - middle(before)) / span : 0;
  const along = (axis: Float32Array) => (axis[from] ?? 0) + fraction * ((axis[to] ?? 0) - (axis[from] ?? 0));
  return { x: along(places.x), y: along(places.y) };
}
