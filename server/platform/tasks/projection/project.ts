import type { createUMAP } from 'embedding-atlas';
import { type Matrix, principalComponents } from './pca.ts';

const COMPONENTS = 50;
const NEIGHBORS = 15;
const MIN_DISTANCE = 0.15;
/** Small maps settle more slowly: as in the reference implementation. */
const EPOCHS = 200;
const SMALL_MAP_EPOCHS = 500;
const SMALL_MAP = 2_500;
/** Below this many points UMAP has no neighborhoods to keep, and the two main axes say all there is. */
const MIN_FOR_UMAP = 5;

/**
 * UMAP in WebAssembly. Loaded by its file: the package's own entry also loads its user interface, whose libraries are not
 * installed.
 */
async function loadUmap(): Promise<typeof createUMAP> {
  const file = new URL('umap.js', import.meta.resolve('embedding-atlas')).href;
  const module: { createUMAP: typeof createUMAP } = await import(file);
  return module.createUMAP;
}

/** The values at `offset`, `offset` + 2, …, as numbers from 0 to 1. */
function scaleToUnit(values: Float32Array, offset: 0 | 1): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = offset; at < values.length; at += 2) {
    low = Math.min(low, values[at] ?? 0);
    high = Math.max(high, values[at] ?? 0);
  }
  return Array.from({ length: values.length / 2 }, (_, index) =>
    high > low ? ((values[index * 2 + offset] ?? 0) - low) / (high - low) : 0.5,
  );
}

async function runUmap({ data, rows, columns }: Matrix): Promise<Float32Array> {
  const umap = await (await loadUmap())(rows, columns, 2, data, {
    nNeighbors: Math.min(NEIGHBORS, rows - 1),
    minDist: MIN_DISTANCE,
    nEpochs: rows <= SMALL_MAP ? SMALL_MAP_EPOCHS : EPOCHS,
    seed: 1,
  });
  await umap.run();
  return umap.embedding;
}

/**
 * Places vectors on a plane, each axis scaled to [0, 1]: UMAP (McInnes et al. 2018) over the first 50 principal
 * components. The vectors must have length 1: then Euclidean distance orders pairs exactly as cosine distance does.
 * The same vectors always land in the same places.
 */
export async function projectToPlane(matrix: Matrix): Promise<[x: number, y: number][]> {
  const isSmall = matrix.rows < MIN_FOR_UMAP;
  const reduced = principalComponents(matrix, isSmall ? 2 : COMPONENTS);
  const placed = isSmall ? reduced.data : await runUmap(reduced);
  const xs = scaleToUnit(placed, 0);
  const ys = scaleToUnit(placed, 1);
  return xs.map((x, index) => [x, ys[index] ?? 0.5]);
}
