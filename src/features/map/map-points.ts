import { bisector } from 'd3';
import type { Point, ScatterPoints } from '#engines/scatter/scatter-data.ts';
import type { MapData } from '#shared/search/map-data.ts';

/** One segment of the map, made when it is looked at. */
export interface MapSegment {
  readonly videoId: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly thumbnail: string | null;
  readonly text: string | null;
}

export type MapVideo = MapData['videos'][number] & {
  /** Its points, in the order of time. */
  readonly path: readonly number[];
};

/** The segments of the map as columns, in the order of the points. */
export interface MapPoints extends Omit<MapData, 'videos' | 'x' | 'y'> {
  readonly count: number;
  readonly videos: readonly MapVideo[];
  readonly places: ScatterPoints;
}

export function toMapPoints({ videos, x, y, ...columns }: MapData): MapPoints {
  const { group, starts } = columns;
  const paths = videos.map((): number[] => []);
  const isInOrder = new Uint8Array(videos.length).fill(1);
  const lastStarts = new Float64Array(videos.length).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < group.length; index += 1) {
    const number = group[index] ?? 0;
    const start = starts[index] ?? 0;
    if (start < (lastStarts[number] ?? 0)) isInOrder[number] = 0;
    lastStarts[number] = start;
    paths[number]?.push(index);
  }
  for (const [number, path] of paths.entries())
    if (isInOrder[number] === 0) path.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  return {
    ...columns,
    count: group.length,
    videos: videos.map((video, number) => ({ ...video, path: paths[number] ?? [] })),
    places: { x, y },
  };
}

export const getVideo = (points: MapPoints, videoId: string | undefined): MapVideo | undefined =>
  points.videos.find(({ id }) => id === videoId);

/** The id of the video that a point belongs to. */
export const getVideoId = ({ videos, group }: MapPoints, index: number): string => videos[group[index] ?? -1]?.id ?? '';

export const getText = ({ text, texts }: MapPoints, index: number): string | null => texts[text[index] ?? -1] ?? null;

export function getSegment(points: MapPoints, index: number | null | undefined): MapSegment | undefined {
  if (index === null || index === undefined || index < 0 || index >= points.count) return undefined;
  return {
    videoId: getVideoId(points, index),
    start: points.starts[index] ?? 0,
    end: points.ends[index] ?? 0,
    thumbnail: points.getThumbnail(index),
    text: getText(points, index),
  };
}

/** How many of a video's points start at a time or before. */
const countStarted = ({ starts }: MapPoints, { path }: MapVideo, time: number): number =>
  bisector((index: number) => starts[index] ?? 0).right(path, time);

/** The point whose segment is under the playhead; null when another video, or none, is open. */
export function pointAt(points: MapPoints, videoId: string | undefined, time: number): number | null {
  const video = getVideo(points, videoId);
  const index = video?.path[countStarted(points, video, time) - 1];
  return index !== undefined && time < (points.ends[index] ?? 0) ? index : null;
}

/** The point of the segment that starts at a time; null when there is none. */
export function pointFrom(points: MapPoints, video: MapVideo | undefined, start: number): number | null {
  const index = video?.path[countStarted(points, video, start) - 1];
  return index !== undefined && points.starts[index] === start ? index : null;
}

/** Where the playhead is on the map: on the way from one segment's point to the next, at each in the middle of its time. */
export function playheadAt({ starts, ends, places }: MapPoints, video: MapVideo, time: number): Point | null {
  const { path } = video;
  const middle = (index: number) => ((starts[index] ?? 0) + (ends[index] ?? 0)) / 2;
  const after = path.findIndex((index) => middle(index) > time);
  const last = path.at(-1);
  const to = after < 0 ? last : path[after];
  const from = after < 1 ? to : path[after - 1];
  if (from === undefined || to === undefined) return null;
  const span = middle(to) - middle(from);
  const fraction = span > 0 ? (time - middle(from)) / span : 0;
  const along = (axis: Float32Array) => (axis[from] ?? 0) + fraction * ((axis[to] ?? 0) - (axis[from] ?? 0));
  return { x: along(places.x), y: along(places.y) };
}
