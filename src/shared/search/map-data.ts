import type { MapRun } from '#api/contracts/map.ts';
import type { Visualization } from '#api/contracts/search.ts';
import { getThumbnail, type MapFile } from '#api/map-format.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';

/** The segments of a map as columns, so that a million cost no objects. */
export interface MapData {
  readonly videos: readonly {
    readonly id: string;
    readonly color: string;
    readonly hlsUrl: string | null;
    /** Where it stands in lists. */
    readonly position: number;
  }[];
  /** For each point its video, as an index into `videos`. */
  readonly group: Uint32Array;
  /** 0 to 1. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Seconds. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** For each point its caption, as an index into `texts`. */
  readonly text: ArrayLike<number>;
  readonly texts: readonly (string | null)[];
  getThumbnail(index: number): string | null;
}

/** What is known of a map: its points, and the layout that is being computed. */
export interface MapState {
  /** Null while nothing is placed yet. */
  readonly data: MapData | null;
  /** The draft of the first layout that was last asked for, counted from 1; null when the points stay where they are. */
  readonly draft: { readonly runId: string; readonly count: number } | null;
  /** Null when no layout is being computed, and none has failed. */
  readonly run: MapRun | null;
  /** Videos that were deleted since: their points are not shown. */
  readonly deletedIds: ReadonlySet<string>;
}

const NO_COLOR = 'hsl(220, 8%, 60%)';

/** The map as `visualize` of the API tells it. */
export function fromVisualization({ videos, points }: Visualization): MapData {
  const ids = Object.keys(videos);
  const numbers = new Map(ids.map((id, index) => [id, index]));
  const times = points.map(readSegmentTimes);
  const texts = [...new Set(points.map(getText))];
  const textNumbers = new Map(texts.map((text, index) => [text, index]));
  return {
    videos: ids.map((id, position) => ({
      id,
      color: videos[id]?.color ?? NO_COLOR,
      hlsUrl: videos[id]?.hls_playlist_url ?? null,
      position,
    })),
    group: Uint32Array.from(points, ({ video_id }) => numbers.get(video_id) ?? 0),
    x: Float32Array.from(points, ({ x }) => x),
    y: Float32Array.from(points, ({ y }) => y),
    starts: Float64Array.from(times, ({ start }) => start),
    ends: Float64Array.from(times, ({ end }) => end),
    text: Uint32Array.from(points, (point) => textNumbers.get(getText(point)) ?? 0),
    texts,
    getThumbnail: (index) => points[index]?.thumbnail_url ?? null,
  };
}

const toSeconds = (milliseconds: Uint32Array) => new Float64Array(milliseconds).map((value) => value / 1000);

/** The map as the embedded platform's `/local/map` tells it. */
export function fromMapFile({ header, x, y, startMs, endMs, text }: MapFile): MapData {
  const group = new Uint32Array(header.count);
  const firsts: number[] = [];
  let at = 0;
  for (const [index, { count }] of header.videos.entries()) {
    firsts.push(at);
    group.fill(index, at, at + count);
    at += count;
  }
  return {
    videos: header.videos.map(({ video_id, color, hls_playlist_url, position }) => ({
      id: video_id,
      color,
      hlsUrl: hls_playlist_url,
      position,
    })),
    group,
    x,
    y,
    starts: toSeconds(startMs),
    ends: toSeconds(endMs),
    text,
    texts: header.texts,
    getThumbnail: (index) => {
      const number = group[index] ?? 0;
      const video = header.videos[number];
      return video ? getThumbnail(video.thumbnails, index - (firsts[number] ?? 0)) : null;
    },
  };
}

/** The map without the points of some videos. */
export function withoutVideos(data: MapData, ids: ReadonlySet<string>): MapData {
  if (!data.videos.some(({ id }) => ids.has(id))) return data;
  const isKept = data.videos.map(({ id }) => !ids.has(id));
  let count = 0;
  const numbers = isKept.map((kept) => (kept ? count++ : 0));
  const kept = Uint32Array.from(data.group.keys()).filter((index) => isKept[data.group[index] ?? 0]);
  return {
    videos: data.videos.filter((_, index) => isKept[index]),
    group: kept.map((index) => numbers[data.group[index] ?? 0] ?? 0),
    x: Float32Array.from(kept, (index) => data.x[index] ?? 0),
    y: Float32Array.from(kept, (index) => data.y[index] ?? 0),
    starts: Float64Array.from(kept, (index) => data.starts[index] ?? 0),
    ends: Float64Array.from(kept, (index) => data.ends[index] ?? 0),
    text: kept.map((index) => data.text[index] ?? 0),
    texts: data.texts,
    getThumbnail: (index) => data.getThumbnail(kept[index] ?? -1),
  };
}
