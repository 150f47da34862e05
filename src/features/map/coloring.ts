import { extent, interpolateInferno, interpolateViridis, schemeTableau10 } from 'd3';
import { type Clusters, NO_CLUSTER } from '#engines/scatter/clusters.ts';
import type { ScatterColors } from '#engines/scatter/scatter-data.ts';
import type { MapPoints } from './map-points.ts';

export const COLORINGS = ['video', 'time', 'cluster', 'similarity'] as const;
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
