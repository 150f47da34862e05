import { type MapPoints, toMapPoints } from './map-points.ts';

interface TestSegment {
  readonly videoId: string;
  readonly start?: number;
  readonly end?: number;
  readonly text?: string | null;
  readonly x?: number;
  readonly y?: number;
}

/** A map of some segments, four seconds each where nothing else is said; the videos have the colors that are given. */
export function makePoints(segments: readonly TestSegment[], colors: Readonly<Record<string, string>> = {}): MapPoints {
  const ids = [...new Set(segments.map(({ videoId }) => videoId))];
  const texts = segments.map(({ text = null }) => text);
  const starts = segments.map(({ start = 0 }) => start);
  return toMapPoints({
    videos: ids.map((id, position) => ({ id, color: colors[id] ?? 'red', hlsUrl: null, position })),
    group: Uint32Array.from(segments, ({ videoId }) => ids.indexOf(videoId)),
    x: Float32Array.from(segments, ({ x = 0 }) => x),
    y: Float32Array.from(segments, ({ y = 0 }) => y),
    starts: Float64Array.from(starts),
    ends: Float64Array.from(segments, ({ end }, index) => end ?? (starts[index] ?? 0) + 4),
    text: Uint32Array.from(texts.keys()),
    texts,
    getThumbnail: () => null,
  });
}
