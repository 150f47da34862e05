import { extent, interpolateInferno, interpolateViridis, schemeTableau10 } from 'd3';
import type { WordTimes } from '#api/contracts/transcripts.ts';
import { type Clusters, NO_CLUSTER } from '#engines/scatter/clusters.ts';
import type { ScatterColors } from '#engines/scatter/scatter-data.ts';
import type { MapPoints } from './map-points.ts';

export const COLORINGS = ['video', 'time', 'cluster', 'similarity', 'words'] as const;
export type ColorBy = (typeof COLORINGS)[number];

/** A run of colors and what its ends stand for. */
export interface ColorScale {
  readonly colors: readonly string[];
  readonly from: string;
  readonly to: string;
}

export interface Coloring {
  readonly colors: ScatterColors;
  /** Null where colors are names, not amounts. */
  readonly scale: ColorScale | null;
}

const STEPS = 64;
export const UNCLUSTERED = '#7d838e';
/** The darkest and the lightest end are left out: they would not show on one of the two backgrounds. */
const ramp = (interpolate: (fraction: number) => string, from: number, to: number) =>
  Array.from({ length: STEPS }, (_, step) => interpolate(from + ((to - from) * step) / (STEPS - 1)));
const TIME = ramp(interpolateViridis, 0.15, 0.9);
const SIMILARITY = ramp(interpolateInferno, 0.25, 0.88);

/** The color of a cluster; past ten they come again. */
export const clusterColor = (cluster: number): string =>
  schemeTableau10[cluster % schemeTableau10.length] ?? UNCLUSTERED;

/** Amounts in [0, 1] as steps of a run of colors. */
const getStep = (fraction: number) => Math.round(Math.min(1, Math.max(0, fraction)) * (STEPS - 1));

/** One color a video: the API's. */
export const byVideo = ({ group, videos }: MapPoints): Coloring => ({
  colors: { colorIndex: new Uint16Array(group), palette: videos.map(({ color }) => color) },
  scale: null,
});

/** Where in its video a segment is. */
export function byTime({ starts, ends, videos, group }: MapPoints): Coloring {
  const lengths = videos.map(({ path }) => path.reduce((length, index) => Math.max(length, ends[index] ?? 0), 0));
  const getFraction = (start: number, index: number) => start / (lengths[group[index] ?? 0] || 1);
  return {
    colors: {
      colorIndex: Uint16Array.from(starts, (start, index) => getStep(getFraction(start, index))),
      palette: TIME,
    },
    scale: { colors: TIME, from: 'Start of the video', to: 'End' },
  };
}

/** What segments hold of words, with its color. */
export const WORD_KINDS = [
  { key: 'both', label: 'Said and on screen', color: '#f28e2c' },
  { key: 'said', label: 'Said', color: '#4e79a7' },
  { key: 'written', label: 'On screen', color: '#edc949' },
  { key: 'neither', label: 'Neither', color: UNCLUSTERED },
] as const;
const [BOTH, SAID, WRITTEN, NEITHER] = [0, 1, 2, 3];

/** Whether one of some ranges (starts and ends in turn, milliseconds) overlaps a segment (seconds). */
function overlaps(ranges: readonly number[], start: number, end: number): boolean {
  for (let at = 0; at + 1 < ranges.length; at += 2)
    if ((ranges[at] ?? 0) < end * 1000 && (ranges[at + 1] ?? 0) > start * 1000) return true;
  return false;
}

/** Whether something is said or written in a segment: indices into `WORD_KINDS`. */
export function byWords({ starts, ends, videos }: MapPoints, { videos: worded }: WordTimes): Coloring {
  const colorIndex = new Uint16Array(starts.length).fill(NEITHER);
  const byId = new Map(worded.map((times) => [times.video_id, times]));
  for (const { id, path } of videos) {
    const times = byId.get(id);
    if (!times) continue;
    for (const index of path) {
      const [start = 0, end = 0] = [starts[index], ends[index]];
      const isSaid = overlaps(times.said, start, end);
      const isWritten = overlaps(times.written, start, end);
      colorIndex[index] = isSaid && isWritten ? BOTH : isSaid ? SAID : isWritten ? WRITTEN : NEITHER;
    }
  }
  return { colors: { colorIndex, palette: WORD_KINDS.map(({ color }) => color) }, scale: null };
}

/** Segments that lie together; those that lie apart are gray. */
export function byCluster(clusters: Clusters): Coloring {
  const palette = [...clusters.sizes.map((_, cluster) => clusterColor(cluster)), UNCLUSTERED];
  return {
    colors: {
      colorIndex: Uint16Array.from(clusters.of, (of) => (of === NO_CLUSTER ? palette.length - 1 : of)),
      palette,
    },
    scale: null,
  };
}

/** How close each segment is to a text: the least and the most close span the colors. NaN where no vector is known: gray. */
export function bySimilarity(cosines: Float32Array): Coloring {
  const [least = 0, most = 0] = extent(cosines.filter((value) => !Number.isNaN(value)));
  const span = most - least || 1;
  return {
    colors: {
      colorIndex: Uint16Array.from(cosines, (cosine) =>
        Number.isNaN(cosine) ? STEPS : getStep((cosine - least) / span),
      ),
      palette: [...SIMILARITY, UNCLUSTERED],
    },
    scale: { colors: SIMILARITY, from: least.toFixed(2), to: most.toFixed(2) },
  };
}
