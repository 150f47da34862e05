import { CanvasPoints } from './canvas-points.ts';
import { NO_POINTS, type PointFrame, type PointPaint, type PointRenderer, type ScatterPoints } from './scatter-data.ts';
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

/** So many points are drawn faster by our own code than by a WebGL that is made by software: 100,000 in a quarter of the time. */
const MAX_SOFTWARE_WEBGL_POINTS = 20_000;

/**
 * The points of a plot: on WebGL2 where there is any; on Canvas 2D where there is none, while the context is lost, and
 * for many points where WebGL is made by software.
 */
export class PointLayer {
  readonly #root: HTMLElement;
  readonly #glCanvas: HTMLCanvasElement;
  readonly #onChange: () => void;
  readonly #isSoftware: boolean;
  #renderer: PointRenderer;
  #points = NO_POINTS;
  #paint: PointPaint = { colorIndex: new Uint16Array(), palette: [], states: null, opacity: 1 };

  /** `onChange` is called when another renderer has taken over and wants to be drawn. */
  constructor(root: HTMLElement, onChange: () => void) {
    this.#root = root;
    this.#onChange = onChange;
    this.#glCanvas = layCanvas(root);
    this.#glCanvas.addEventListener('webglcontextlost', this.#onLost);
    this.#glCanvas.addEventListener('webglcontextrestored', this.#onRestored);
    const webgl = WebglPoints.on(this.#glCanvas);
    this.#isSoftware = webgl?.isSoftware ?? false;
    this.#renderer = webgl ?? this.#flat();
    root.dataset.renderer = this.#renderer.kind;
  }

  setPoints(points: ScatterPoints): void {
    this.#points = points;
    const wanted = this.#isSoftware && points.x.length > MAX_SOFTWARE_WEBGL_POINTS ? 'canvas' : 'webgl';
    if (this.#renderer.kind === wanted || !this.#change(wanted)) this.#renderer.setPoints(points);
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

  /** Draws in another way; false where that is not to be had. */
  #change(kind: PointRenderer['kind']): boolean {
    const before = this.#renderer;
    const renderer = kind === 'canvas' ? this.#flat() : WebglPoints.on(this.#glCanvas);
    if (!renderer) return false;
    before.destroy();
    if (before.canvas !== this.#glCanvas) before.canvas.remove();
    this.#glCanvas.hidden = kind === 'canvas';
    this.#use(renderer);
    return true;
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
    if (!this.#isSoftware || this.#points.x.length <= MAX_SOFTWARE_WEBGL_POINTS) this.#change('webgl');
  };
}
