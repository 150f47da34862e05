import { getPad, writeDiscs } from './pixel-discs.ts';
import { NO_POINTS, type PointFrame, type PointPaint, type PointRenderer, type ScatterPoints } from './scatter-data.ts';

/** Draws points without WebGL2: where it is missing, while its context is lost, and where software would do it slower. */
export class CanvasPoints implements PointRenderer {
  readonly kind = 'canvas';
  readonly canvas: HTMLCanvasElement;
  #points = NO_POINTS;
  #paint: PointPaint = { colorIndex: new Uint16Array(), palette: [], states: null, opacity: 1 };
  #image: ImageData | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  setPoints(points: ScatterPoints): void {
    this.#points = points;
  }

  setPaint(paint: PointPaint): void {
    this.#paint = paint;
  }

  draw(frame: PointFrame): void {
    const pad = getPad(frame.radius * frame.density);
    const image = this.#getImage(this.canvas.width + 2 * pad, this.canvas.height + 2 * pad);
    writeDiscs(image, this.#points, this.#paint, frame);
    this.canvas.getContext('2d')?.putImageData(image, -pad, -pad);
  }

  destroy(): void {
    this.#points = NO_POINTS;
    this.#image = null;
  }

  /** An empty image; the last one's memory where it fits. */
  #getImage(width: number, height: number): ImageData {
    if (this.#image?.width === width && this.#image.height === height) this.#image.data.fill(0);
    else this.#image = new ImageData(width, height);
    return this.#image;
  }
}
