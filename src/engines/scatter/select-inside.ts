import type { Point, ScatterPoints } from './scatter-data.ts';

/** A polygon in data units, and what it does to the points inside. */
export interface SelectionShape {
  readonly does: 'choose' | 'add' | 'subtract';
  readonly polygon: readonly Point[];
}

/** The corners of an upright box between two opposite ones. */
export const toBox = ({ x: x0, y: y0 }: Point, { x: x1, y: y1 }: Point): Point[] => [
  { x: x0, y: y0 },
  { x: x1, y: y0 },
  { x: x1, y: y1 },
  { x: x0, y: y1 },
];

/**
 * A test whether a place lies within a polygon (even-odd rule). Edges are sorted into as many slabs as there are edges,
 * so that a place is only tested against those at its height.
 */
function insideTest(polygon: readonly Point[]): (x: number, y: number) => boolean {
  const heights = polygon.map(({ y }) => y);
  const [bottom, top] = [Math.min(...heights), Math.max(...heights)];
  const lists: number[][] = polygon.map(() => []);
  const getSlab = (y: number) =>
    Math.min(lists.length - 1, Math.max(0, Math.floor(((y - bottom) / (top - bottom || 1)) * lists.length)));
  polygon.forEach(({ x: x1, y: y1 }, index) => {
    const { x: x0, y: y0 } = polygon.at(index - 1) ?? { x: x1, y: y1 };
    for (let slab = getSlab(Math.min(y0, y1)); slab <= getSlab(Math.max(y0, y1)); slab += 1) {
      lists[slab]?.push(x0, y0, x1, y1);
    }
  });
  const slabs = lists.map((edges) => Float64Array.from(edges));
  const none = new Float64Array();
  return (x, y) => {
    if (y < bottom || y > top) return false;
    const edges = slabs[getSlab(y)] ?? none;
    let inside = false;
    // No arrays are made in here: a million points come by.
    for (let at = 0; at < edges.length; at += 4) {
      const x0 = edges[at] ?? 0;
      const y0 = edges[at + 1] ?? 0;
      const x1 = edges[at + 2] ?? 0;
      const y1 = edges[at + 3] ?? 0;
      if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) inside = !inside;
    }
    return inside;
  };
}

/** What shapes, one after the other, select: a 1 a point; null when nothing is selected. */
export function selectInside({ x, y }: ScatterPoints, shapes: readonly SelectionShape[]): Uint8Array | null {
  if (shapes.length === 0) return null;
  const selected = new Uint8Array(x.length);
  for (const { does, polygon } of shapes) {
    if (does === 'choose') selected.fill(0);
    const isInside = insideTest(polygon);
    const value = does === 'subtract' ? 0 : 1;
    for (let index = 0; index < x.length; index += 1) {
      if (selected[index] !== value && isInside(x[index] ?? 0, y[index] ?? 0)) selected[index] = value;
    }
  }
  return selected.includes(1) ? selected : null;
}
