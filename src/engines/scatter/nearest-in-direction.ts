import { type Affine, toPixels } from './camera.ts';
import type { Point, ScatterPoints } from './scatter-data.ts';

/** Where an arrow key goes, in CSS pixels. */
export const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** How much a step aside counts against one ahead. */
const ASIDE = 2;

/** The next point from a place in a direction: ahead rather than aside. Null when nothing lies there. */
export function nextInDirection(
  { x, y }: ScatterPoints,
  affine: Affine,
  from: number,
  direction: Point,
  accepts: (id: number) => boolean,
): number | null {
  const start = toPixels(affine, { x: x[from] ?? 0, y: y[from] ?? 0 });
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < x.length; index += 1) {
    const dx = affine.ox + affine.sx * (x[index] ?? 0) - start.x;
    const dy = affine.oy + affine.sy * (y[index] ?? 0) - start.y;
    const ahead = dx * direction.x + dy * direction.y;
    if (ahead <= 0.01) continue;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    const cost = ahead + ASIDE * aside;
    if (cost < least && accepts(index)) {
      best = index;
      least = cost;
    }
  }
  return best;
}
