import { contours, greatest } from 'd3';
import type { Outline, Point, ScatterPoints } from './scatter-data.ts';

/** Cells along each side, and how far they reach beyond [0, 1] so that outlines have room. */
const CELLS = 112;
const ROOM = 0.12;
const SIDE = 1 + 2 * ROOM;

/** The spread of a point's weight: a share of what Scott's rule gives, within bounds; data units. */
const BANDWIDTH = 0.33;
const MIN_BANDWIDTH = 0.012;
const MAX_BANDWIDTH = 0.042;
/** Hills reach down to this fraction of the density that a single point has where it lies. */
const FLOOR = 0.1;
/** Two hills are one where the saddle between them is higher than this fraction of the lower top. */
const SADDLE = 0.72;
/** Smaller groups are no clusters; a fraction of all points, and a number of points. */
const MIN_FRACTION = 0.004;
const MIN_POINTS = 3;

export const NO_CLUSTER = -1;

export interface Clusters {
  /** For each point its cluster, largest first, or NO_CLUSTER. */
  readonly of: Int16Array;
  /** Points in each cluster. */
  readonly sizes: readonly number[];
  /** The density in each cell, row by row from below. */
  readonly density: Float32Array;
  /** The cluster of each cell, or NO_CLUSTER. */
  readonly cells: Int16Array;
}

/** The cell of a coordinate along one axis. */
const toCell = (value: number) => Math.min(CELLS - 1, Math.max(0, Math.floor(((value + ROOM) / SIDE) * CELLS)));
/** The coordinate of a place on the grid, where a cell's middle is at its number plus a half. */
const toCoordinate = (cell: number) => (cell / CELLS) * SIDE - ROOM;

function deviation(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}

/** Weights of a Gaussian, in cells from its middle. */
function createKernel(sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-(((at - reach) / sigma) ** 2) / 2));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  return kernel.map((weight) => weight / total);
}

/** Blurs along one axis. */
function blur(values: Float32Array, kernel: Float32Array, step: number, across: number): Float32Array {
  const blurred = new Float32Array(values.length);
  const reach = (kernel.length - 1) / 2;
  for (let line = 0; line < CELLS; line += 1) {
    for (let cell = 0; cell < CELLS; cell += 1) {
      let sum = 0;
      for (let at = Math.max(0, cell - reach); at <= Math.min(CELLS - 1, cell + reach); at += 1) {
        sum += (values[line * across + at * step] ?? 0) * (kernel[at - cell + reach] ?? 0);
      }
      blurred[line * across + cell * step] = sum;
    }
  }
  return blurred;
}

/** A grid blurred by a Gaussian of so many cells, along one axis after the other. */
function smoothed(values: Float32Array, sigma: number): Float32Array {
  const kernel = createKernel(sigma);
  return blur(blur(values, kernel, 1, CELLS), kernel, CELLS, 1);
}

/**
 * Hills of the density: cells are taken from the highest down, each joins the hill of its highest neighbor, and hills
 * that meet on a high saddle become one (ToMATo, Chazal et al. 2013, on a grid).
 */
function findHills(density: Float32Array, floor: number): Int16Array | Int32Array {
  const order = Array.from(density.keys()).filter((cell) => (density[cell] ?? 0) > floor);
  order.sort((a, b) => (density[b] ?? 0) - (density[a] ?? 0));
  const parent = new Int32Array(density.length).fill(NO_CLUSTER);
  const getRoot = (cell: number): number => {
    let root = cell;
    while (parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  for (const cell of order) {
    const column = cell % CELLS;
    const neighbors = [-1, 0, 1].flatMap((up) =>
      [-1, 0, 1].flatMap((right) => {
        const other = cell + up * CELLS + right;
        const isOnGrid = column + right >= 0 && column + right < CELLS && other >= 0 && other < density.length;
        return isOnGrid && other !== cell && parent[other] !== NO_CLUSTER ? [getRoot(other)] : [];
      }),
    );
    // The root of a hill is its top.
    const tops = [...new Set(neighbors)].sort((a, b) => (density[b] ?? 0) - (density[a] ?? 0));
    const [highest = cell, ...lower] = tops;
    parent[cell] = highest;
    for (const top of lower) if ((density[cell] ?? 0) > SADDLE * (density[top] ?? 0)) parent[top] = highest;
  }
  return parent.map((at, cell) => (at === NO_CLUSTER ? NO_CLUSTER : getRoot(cell)));
}

/** Groups of points that lie close on the map, by density: the same points give the same groups, in time linear in them. */
export function findClusters({ x, y }: ScatterPoints): Clusters {
  const count = x.length;
  const cellOfPoint = new Int32Array(count);
  const counts = new Float32Array(CELLS * CELLS);
  for (let index = 0; index < count; index += 1) {
    const cell = toCell(y[index] ?? 0) * CELLS + toCell(x[index] ?? 0);
    cellOfPoint[index] = cell;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const spread = BANDWIDTH * ((deviation(x) + deviation(y)) / 2) * Math.max(1, count) ** (-1 / 6);
  const sigma = (Math.min(MAX_BANDWIDTH, Math.max(MIN_BANDWIDTH, spread)) / SIDE) * CELLS;
  const density = smoothed(counts, sigma);
  const alone = Math.max(...createKernel(sigma)) ** 2;
  const hills = findHills(density, FLOOR * alone);

  const sizes = new Map<number, number>();
  hills.forEach((hill, cell) => {
    if (hill !== NO_CLUSTER) sizes.set(hill, (sizes.get(hill) ?? 0) + (counts[cell] ?? 0));
  });
  const least = Math.max(MIN_POINTS, MIN_FRACTION * count);
  const kept = [...sizes].filter(([, size]) => size >= least).sort(([, a], [, b]) => b - a);
  const numberByHill = new Map(kept.map(([hill], number) => [hill, number]));
  const cells = Int16Array.from(hills, (hill) => numberByHill.get(hill) ?? NO_CLUSTER);
  const of = new Int16Array(count);
  for (let index = 0; index < count; index += 1) of[index] = cells[cellOfPoint[index] ?? 0] ?? NO_CLUSTER;
  return {
    of,
    sizes: kept.map(([, size]) => size),
    density,
    cells,
  };
}

/** The outline runs where density has fallen to this share of the cluster's highest. */
const LEVEL = 0.22;
/** Cells. */
const ROUNDING = 1.2;

const toPoint = ([column = 0, row = 0]: number[]): Point => ({ x: toCoordinate(column), y: toCoordinate(row) });

/** The outline of each cluster, by the density within it; labels and colors by cluster, the largest first. */
export function getOutlines(
  { density, cells, sizes }: Clusters,
  labels: readonly string[],
  colors: readonly string[],
): Outline[] {
  const draw = contours().size([CELLS, CELLS]).smooth(true);
  return sizes.map((_, cluster) => {
    const own = density.map((value, cell) => (cells[cell] === cluster ? value : 0));
    // Where two clusters meet the border is a line of cells: it is made round.
    const round = smoothed(own, ROUNDING);
    const { coordinates } = draw.contour([...round], LEVEL * Math.max(...round));
    const rings = coordinates.flatMap((polygon) => polygon.map((ring) => ring.map(toPoint)));
    return {
      rings,
      label: labels[cluster] ?? '',
      at: greatest(rings.flat(), (a, b) => a.y - b.y) ?? { x: 0, y: 0 },
      color: colors[cluster % Math.max(1, colors.length)] ?? 'currentColor',
    };
  });
}
