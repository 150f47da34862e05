export type Box = readonly [left: number, top: number, right: number, bottom: number];

export const getArea = ([left, top, right, bottom]: Box) => Math.max(0, right - left) * Math.max(0, bottom - top);

export function getIntersection(a: Box, b: Box): number {
  return getArea([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
}

/** Intersection over union, 0..1. */
export const getOverlap = (a: Box, b: Box) =>
  getIntersection(a, b) / Math.max(1, getArea(a) + getArea(b) - getIntersection(a, b));
