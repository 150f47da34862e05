import type { createUMAP } from 'embedding-atlas';
import { type Matrix, principalComponents } from './pca.ts';

const COMPONENTS = 50;
const NEIGHBORS = 15;
const MIN_DISTANCE = 0.15;
/**
 * Of 2,000 points, 40 % of the nearest neighbors stay so on the map; 500 epochs, which the reference implementation takes for small
 * maps, keep 41.5 % in more than twice the time.
 */
const EPOCHS = 200;
/** Below this many points UMAP has no neighborhoods to keep, and the two main axes say all there is. */
const MIN_FOR_UMAP = 5;
/** What the principal components take of the time. */
const PCA_SHARE = 0.15;

type OnProgress = (fraction: number) => void;

/**
 * UMAP in WebAssembly. Loaded by its file: the package's own entry also loads its user interface, whose libraries are not
 * installed.
 */
async function loadUmap(): Promise<typeof createUMAP> {
  const file = new URL('umap.js', import.meta.resolve('embedding-atlas')).href;
  const module: { createUMAP: typeof createUMAP } = await import(file);
  return module.createUMAP;
}

/** Writes the values at `offset`, `offset` + 2, … to the same places of `scaled`, as numbers from 0 to 1. */
function scaleToUnit(values: Float32Array, offset: 0 | 1, scaled: Float64Array): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = offset; at < values.length; at += 2) {
    low = Math.min(low, values[at] ?? 0);
    high = Math.max(high, values[at] ?? 0);
  }
  for (let at = offset; at < values.length; at += 2)
    scaled[at] = high > low ? ((values[at] ?? 0) - low) / (high - low) : 0.5;
}

async function runUmap({ data, rows, columns }: Matrix, onProgress: OnProgress): Promise<Float32Array> {
  const umap = await (await loadUmap())(rows, columns, 2, data, {
    nNeighbors: Math.min(NEIGHBORS, rows - 1),
    minDist: MIN_DISTANCE,
    nEpochs: EPOCHS,
    seed: 1,
    progress: onProgress,
  });
  await umap.run();
  return umap.embedding;
}

/**
 * Places vectors on a plane, each axis scaled to [0, 1]: UMAP (McInnes et al. 2018) over the first 50 principal
 * components. The vectors must have length 1: then Euclidean distance orders pairs exactly as cosine distance does.
 * The same vectors always land in the same places. Resolves to pairs of x and y, one after the other.
 */
export async function projectToPlane(matrix: Matrix, onProgress: OnProgress = () => undefined): Promise<Float64Array> {
  const isSmall = matrix.rows < MIN_FOR_UMAP;
  const reduced = await principalComponents(matrix, isSmall ? 2 : COMPONENTS);
  onProgress(PCA_SHARE);
  const placed = isSmall
    ? reduced.data
    : await runUmap(reduced, (fraction) => onProgress(PCA_SHARE + (1 - PCA_SHARE) * fraction));
  const scaled = new Float64Array(matrix.rows * 2);
  scaleToUnit(placed, 0, scaled);
  scaleToUnit(placed, 1, scaled);
  return scaled;
}
