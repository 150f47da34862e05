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
/** What the principal components take of the time, and with them what comes before the first epoch. */
const PCA_FRACTION = 0.15;
const SETUP_FRACTION = 0.3;
/** What the library's own progress says when the first epoch begins. */
const LIBRARY_SETUP_FRACTION = 0.45;
/** Before these epochs the layout is shown as far as it is: most of it is told by the first ones. */
const DRAFT_EPOCHS = new Set([0, 10, 25, 50, 100, 150]);

/** What is told while a layout is computed. */
export interface ProjectionListener {
  onProgress(fraction: number): void;
  /** The layout as far as it is, in the form of the result. */
  onDraft(places: Float64Array): void;
}

const IGNORE: ProjectionListener = { onProgress: () => undefined, onDraft: () => undefined };

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

function toUnitSquare(placed: Float32Array): Float64Array {
  const scaled = new Float64Array(placed.length);
  scaleToUnit(placed, 0, scaled);
  scaleToUnit(placed, 1, scaled);
  return scaled;
}

async function runUmap(
  { data, rows, columns }: Matrix,
  { onProgress, onDraft }: ProjectionListener,
): Promise<Float32Array> {
  const umap = await (await loadUmap())(rows, columns, 2, data, {
    nNeighbors: Math.min(NEIGHBORS, rows - 1),
    minDist: MIN_DISTANCE,
    nEpochs: EPOCHS,
    seed: 1,
    progress: (fraction) =>
      onProgress(PCA_FRACTION + ((SETUP_FRACTION - PCA_FRACTION) * fraction) / LIBRARY_SETUP_FRACTION),
  });
  // One by one, with the learning rate going down to 0 as it does in a run of all.
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    if (DRAFT_EPOCHS.has(epoch)) onDraft(toUnitSquare(umap.embedding));
    umap.setParameters({ learningRate: 1 - epoch / EPOCHS });
    await umap.step();
    onProgress(SETUP_FRACTION + ((1 - SETUP_FRACTION) * (epoch + 1)) / EPOCHS);
  }
  return umap.embedding;
}

/**
 * Places vectors on a plane, each axis scaled to [0, 1]: UMAP (McInnes et al. 2018) over the first 50 principal
 * components. The vectors must have length 1: then Euclidean distance orders pairs exactly as cosine distance does.
 * The same vectors always land in the same places. Resolves to pairs of x and y, one after the other.
 */
export async function projectToPlane(matrix: Matrix, listener = IGNORE): Promise<Float64Array> {
  const isSmall = matrix.rows < MIN_FOR_UMAP;
  const reduced = await principalComponents(matrix, isSmall ? 2 : COMPONENTS);
  listener.onProgress(PCA_FRACTION);
  return toUnitSquare(isSmall ? reduced.data : await runUmap(reduced, listener));
}
