import { type ZoomTransform, zoomIdentity } from 'd3';
import type { Place } from './scatter-data.ts';

/** What is looked at, whatever the size of the element: the data coordinates at its middle, and the magnification. */
export interface View extends Place {
  readonly zoom: number;
}

/** From data units to CSS pixels: `px = ox + sx · x`. The vertical scale is negative, since data point upwards. */
export interface Affine {
  readonly sx: number;
  readonly ox: number;
  readonly sy: number;
  readonly oy: number;
}

/** CSS pixels around the points when all are shown. */
export const MARGIN = 40;
export const MIN_ZOOM = 0.8;
export const MAX_ZOOM = 400;
export const WHOLE: View = { x: 0.5, y: 0.5, zoom: 1 };

/** Data to pixels at zoom 1. */
const base = (width: number, height: number): Affine => ({
  sx: width - 2 * MARGIN,
  ox: MARGIN,
  sy: 2 * MARGIN - height,
  oy: height - MARGIN,
});

/** Data to pixels under d3's transform. */
export function affineOf({ x, y, k }: ZoomTransform, width: number, height: number): Affine {
  const { sx, ox, sy, oy } = base(width, height);
  return { sx: k * sx, ox: x + k * ox, sy: k * sy, oy: y + k * oy };
}

/** d3's transform that shows a view in an element of a size. */
export function transformOf({ x, y, zoom }: View, width: number, height: number): ZoomTransform {
  const { sx, ox, sy, oy } = base(width, height);
  return zoomIdentity.translate(width / 2 - zoom * (ox + sx * x), height / 2 - zoom * (oy + sy * y)).scale(zoom);
}

/** The view that d3's transform shows in an element of a size. */
export function viewOf(transform: ZoomTransform, width: number, height: number): View {
  const middle = toData(affineOf(transform, width, height), { x: width / 2, y: height / 2 });
  return { ...middle, zoom: transform.k };
}

/** Data units to CSS pixels. */
export const toPixels = ({ sx, ox, sy, oy }: Affine, { x, y }: Place): Place => ({ x: ox + sx * x, y: oy + sy * y });

/** CSS pixels to data units. */
export const toData = ({ sx, ox, sy, oy }: Affine, { x, y }: Place): Place => ({ x: (x - ox) / sx, y: (y - oy) / sy });

/** A view that shows a box of data units with some room around it. */
export function viewOfBox(from: Place, to: Place): View {
  const span = Math.max(to.x - from.x, to.y - from.y, 1e-3);
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, zoom: Math.min(40, Math.max(1, 0.8 / span)) };
}
