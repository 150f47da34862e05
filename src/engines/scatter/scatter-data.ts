import type { Affine } from './camera.ts';

/** Points as columns, so that a million cost no objects. Coordinates in data units, as the API's map has them: [0, 1]. */
export interface ScatterPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Each point's color, as an index into a palette. */
export interface ScatterColors {
  readonly colorIndex: Uint16Array;
  /** CSS colors. */
  readonly palette: readonly string[];
}

/** How a point stands among the others. A hidden one is drawn as a trace and cannot be picked. */
export const NORMAL = 0;
export const DIMMED = 1;
export const HIDDEN = 2;

/** The opacity of points that are not normal, by state. */
export const OPACITY = { [DIMMED]: 0.2, [HIDDEN]: 0.06 } as const;

/** A place: in data units or in CSS pixels of the element, as said where it is used. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** CSS colors of everything that is not a point. */
export interface ScatterTheme {
  readonly background: string;
  readonly grid: string;
  readonly label: string;
  readonly ring: string;
  readonly accent: string;
}

/** The border of a group of points, in data units, and what it is called. */
export interface Outline {
  readonly rings: readonly (readonly Point[])[];
  readonly label: string;
  /** The highest place of the border: the label stands on it. */
  readonly at: Point;
  readonly color: string;
}

/** What stands out from the other points. */
export interface ScatterMarks {
  /** The point that is playing. */
  readonly active: number | null;
  /** Say because a search found them; the one that matters most first. */
  readonly highlighted: readonly number[];
  /** Points in the order in which a video passes them. */
  readonly path: readonly number[];
}

export const NO_POINTS: ScatterPoints = { x: new Float32Array(), y: new Float32Array() };
export const NO_MARKS: ScatterMarks = { active: null, highlighted: [], path: [] };

/** How the points look. */
export interface PointPaint extends ScatterColors {
  /** NORMAL, DIMMED or HIDDEN for each; null when all are normal. */
  readonly states: Uint8Array | null;
  /** Of a normal point. */
  readonly opacity: number;
}

/** Where and how large points are drawn in this frame. CSS pixels, and device pixels to each. */
export interface PointFrame {
  readonly affine: Affine;
  readonly width: number;
  readonly height: number;
  readonly density: number;
  readonly radius: number;
}

/** Something that draws points on a canvas of its own. The canvas is resized by whoever owns the renderer. */
export interface PointRenderer {
  readonly kind: 'webgl' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  setPoints(points: ScatterPoints): void;
  setPaint(paint: PointPaint): void;
  draw(frame: PointFrame): void;
  destroy(): void;
}

const MAX_RESTING_RADIUS = 5.5;
const MIN_RESTING_RADIUS = 0.75;
/** Points grow with the zoom, but slower than the gaps between them. */
const GROWTH = 0.4;
const MAX_RADIUS = 8;

/** The radius of a point in CSS pixels: smaller the more there are, larger the closer one looks. */
export function pointRadius(count: number, zoom: number): number {
  const resting = Math.min(MAX_RESTING_RADIUS, Math.max(MIN_RESTING_RADIUS, 34 / Math.max(1, count) ** 0.28));
  return Math.min(MAX_RADIUS, resting * Math.max(1, zoom) ** GROWTH);
}

/** The radius of a point that stands out from others of a radius, and of the one that is playing. */
export const highlightRadius = (radius: number): number => Math.max(5, radius + 1);
export const activeRadius = (radius: number): number => Math.max(6, radius + 2.5);

/** The opacity of a point: where many lie on each other, density is to show. */
export const pointOpacity = (count: number): number => (count <= 20_000 ? 0.92 : 0.75);
