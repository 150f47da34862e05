import { UMAP } from 'umap-js';
import { type Matrix, principalComponents } from './pca.ts';
import { randomFrom } from './random.ts';

const COMPONENTS = 50;
const NEIGHBOURS = 15;
/** Below this many points UMAP has no neighborhoods to keep, and the two main axes say all there is. */
const MIN_FOR_UMAP = 5;

function scaledToUnit(values: readonly number[]): number[] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0.5));
}

/**
 * Places vectors on a plane, each axis scaled to [0, 1]: UMAP (McInnes et al. 2018) over the first 50 principal
 * components. The vectors must have length 1: then Euclidean distance orders pairs exactly as cosine distance does.
 * The same vectors always land in the same places.
 */
export function projectToPlane(matrix: Matrix): [x: number, y: number][] {
  const reduced = principalComponents(matrix, matrix.rows < MIN_FOR_UMAP ? 2 : COMPONENTS);
  const placed =
    matrix.rows < MIN_FOR_UMAP
      ? reduced
      : new UMAP({
          nNeighbors: Math.min(NEIGHBOURS, matrix.rows - 1),
          minDist: 0.15,
          random: randomFrom(matrix.rows),
        }).fit(reduced);
  const xs = scaledToUnit(placed.map(([x = 0]) => x));
  const ys = scaledToUnit(placed.map(([, y = 0]) => y));
  return xs.map((x, index) => [x, ys[index] ?? 0.5]);
}
