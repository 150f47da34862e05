import { CanvasPoints } from './canvas-points.ts';
import type { PointFrame, PointPaint, PointRenderer } from './point-renderer.ts';
import { NO_POINTS } from './scatter-data.ts';
import { WebglPoints } from './webgl-points.ts';

/** A canvas that covers its parent. */
export function layCanvas(root: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
  root.append(canvas);
  return canvas;
}

/** Gives a canvas its size in device pixels; only where it differs, since that empties it. */
export function sizeCanvas(
  canvas: HTMLCanvasElement,
  { width, height, density }: Omit<PointFrame, 'affine' | 'radius'>,
) {
  const [columns, rows] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
}

/** The points of a plot: on WebGL2 where there is any, on Canvas 2D where there is none and while the context is lost. */
export class PointLayer {
  readonly #root: HTMLElement;
  readonly #glCanvas: HTMLCanvasElement;
  readonly #onChange: () => void;
  #renderer: PointRenderer;
  #points = NO_POINTS;
  #paint: PointPaint = { shade: new Uint16Array(), palette: [], states: null, opacity: 1 };

  /** `onChange` is called when another renderer has taken over and wants to be drawn. */
  constructor(root: HTMLElement, onChange: () => void) {
    this.#root = root;
    this.#onChange = onChange;
    this.#glCanvas = layCanvas(root);
    this.#glCanvas.addEventListener('webglcontextlost', this.#onLost);
    this.#glCanvas.addEventListener('webglcontextrestored', this.#onRestored);
    this.#renderer = WebglPoints.on(this.#glCanvas) ?? this.#flat();
    root.dataset.renderer = this.#renderer.kind;
  }

  setPoints(points: typeof NO_POINTS): void {
    this.#points = points;
    this.#renderer.setPoints(points);
  }

  setPaint(paint: PointPaint): void {
    this.#paint = paint;
    this.#renderer.setPaint(paint);
  }

  draw(frame: PointFrame): void {
    sizeCanvas(this.#renderer.canvas, frame);
    this.#renderer.draw(frame);
  }

  /** The canvas as it was drawn last; to be read before the browser takes the turn. */
  get canvas(): HTMLCanvasElement {
    return this.#renderer.canvas;
  }

  destroy(): void {
    this.#glCanvas.removeEventListener('webglcontextlost', this.#onLost);
    this.#glCanvas.removeEventListener('webglcontextrestored', this.#onRestored);
    this.#renderer.destroy();
    this.#renderer.canvas.remove();
    this.#glCanvas.remove();
  }

  /** A Canvas 2D in the place of the other, which keeps out of sight until it can draw again. */
  #flat(): CanvasPoints {
    const canvas = layCanvas(this.#root);
    this.#glCanvas.after(canvas);
    this.#glCanvas.hidden = true;
    return new CanvasPoints(canvas);
  }

  #use(renderer: PointRenderer): void {
    this.#renderer = renderer;
    this.#root.dataset.renderer = renderer.kind;
    renderer.setPoints(this.#points);
    renderer.setPaint(this.#paint);
    this.#onChange();
  }

  readonly #onLost = (event: Event): void => {
    // Without this the browser does not give the context back.
    event.preventDefault();
    if (this.#renderer.kind === 'webgl') this.#use(this.#flat());
  };

  readonly #onRestored = (): void => {
    const renderer = WebglPoints.on(this.#glCanvas);
    if (!renderer) return;
    this.#renderer.destroy();
    if (this.#renderer.canvas !== this.#glCanvas) this.#renderer.canvas.remove();
    this.#glCanvas.hidden = false;
    this.#use(renderer);
  };
}
