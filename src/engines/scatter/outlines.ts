import { contours, greatest } from 'd3';
import { CELLS, type Clusters, smoothed, toCoordinate } from './clusters.ts';
import type { Outline, Point } from './scatter-data.ts';

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
