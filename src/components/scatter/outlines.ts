import { contours } from 'd3';
import { CELLS, type Clusters, coordinateOf } from './clusters.ts';
import type { Outline, Place } from './scatter-data.ts';

/** The outline runs where density has fallen to this share of the cluster's highest. */
const LEVEL = 0.18;

const placeOf = ([column = 0, row = 0]: number[]): Place => ({ x: coordinateOf(column), y: coordinateOf(row) });

/** The outline of each cluster, by the density within it; labels and colours by cluster, the largest first. */
export function outlinesOf(
  { density, cells, sizes }: Clusters,
  labels: readonly string[],
  colors: readonly string[],
): Outline[] {
  const draw = contours().size([CELLS, CELLS]).smooth(true);
  return sizes.map((_, cluster) => {
    let [top, summit] = [0, 0];
    const own = Array.from(density, (value, cell) => {
      if (cells[cell] !== cluster) return 0;
      if (value > top) [top, summit] = [value, cell];
      return value;
    });
    const { coordinates } = draw.contour(own, LEVEL * top);
    return {
      rings: coordinates.flatMap((polygon) => polygon.map((ring) => ring.map(placeOf))),
      label: labels[cluster] ?? '',
      at: placeOf([(summit % CELLS) + 0.5, Math.floor(summit / CELLS) + 0.5]),
      color: colors[cluster % Math.max(1, colors.length)] ?? 'currentColor',
    };
  });
}
