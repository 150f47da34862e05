import { type ZoomTransform, zoomIdentity } from 'd3';
import type { Point } from './scatter-data.ts';

/** What is looked at, whatever the size of the element: the data coordinates at the middle between its margins, and the magnification. */
export interface View extends Point {
  readonly zoom: number;
}

/** From data units to CSS pixels: `px = ox + sx · x`. The vertical scale is negative, since data point upwards. */
export interface Affine {
  readonly sx: number;
  readonly ox: number;
  readonly sy: number;
  readonly oy: number;
}

/** CSS pixels around the points when all are shown: the tools stand above them. */
export const MARGINS = { side: 56, top: 88, bottom: 56 } as const;
export const MIN_ZOOM = 0.8;
export const MAX_ZOOM = 400;
export const WHOLE: View = { x: 0.5, y: 0.5, zoom: 1 };

/** Data to pixels at zoom 1. */
const base = (width: number, height: number): Affine => ({
  sx: width - 2 * MARGINS.side,
  ox: MARGINS.side,
  sy: MARGINS.top + MARGINS.bottom - height,
  oy: height - MARGINS.bottom,
});

/** The middle of what is between the margins, in CSS pixels. */
const getMiddle = (width: number, height: number): Point => ({
  x: width / 2,
  y: (height + MARGINS.top - MARGINS.bottom) / 2,
});

/** Data to pixels under d3's transform. */
export function toAffine({ x, y, k }: ZoomTransform, width: number, height: number): Affine {
  const { sx, ox, sy, oy } = base(width, height);
  return { sx: k * sx, ox: x + k * ox, sy: k * sy, oy: y + k * oy };
}

/** d3's transform that shows a view in an element of a size. */
export function toTransform({ x, y, zoom }: View, width: number, height: number): ZoomTransform {
  const middle = getMiddle(width, height);
  const place = toPixels(base(width, height), { x, y });
  return zoomIdentity.translate(middle.x - zoom * place.x, middle.y - zoom * place.y).scale(zoom);
}

/** The view that d3's transform shows in an element of a size. */
export function toView(transform: ZoomTransform, width: number, height: number): View {
  return { ...toData(toAffine(transform, width, height), getMiddle(width, height)), zoom: transform.k };
}

/** Data units to CSS pixels. */
export const toPixels = ({ sx, ox, sy, oy }: Affine, { x, y }: Point): Point => ({ x: ox + sx * x, y: oy + sy * y });

/** CSS pixels to data units. */
export const toData = ({ sx, ox, sy, oy }: Affine, { x, y }: Point): Point => ({ x: (x - ox) / sx, y: (y - oy) / sy });

/** A view that shows a box of data units with some room around it. */
export function fitBox(from: Point, to: Point): View {
  const span = Math.max(to.x - from.x, to.y - from.y, 1e-3);
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, zoom: Math.min(40, Math.max(1, 0.8 / span)) };
}
