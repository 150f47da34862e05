import type { Affine } from './camera.ts';
import type { ScatterColors, ScatterPoints } from './scatter-data.ts';

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
