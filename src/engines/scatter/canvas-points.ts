import { rgb } from 'd3';
import {
  HIDDEN,
  NO_POINTS,
  NORMAL,
  OPACITY,
  type PointFrame,
  type PointPaint,
  type PointRenderer,
  type ScatterPoints,
} from './scatter-data.ts';

/** Pixels around a picture into which points at its border may reach. */
export const getPad = (radius: number): number => Math.ceil(radius) + 1;

/** A disc as pixels around its middle: how far each is in the image's memory, and how much of it is covered. */
interface Stamp {
  readonly offsets: Int32Array;
  /** 0..1 */
  readonly cover: Float32Array;
}

function createStamp(radius: number, width: number): Stamp {
  const reach = getPad(radius) - 1;
  const pixels: { offset: number; cover: number }[] = [];
  for (let y = -reach; y <= reach; y += 1) {
    for (let x = -reach; x <= reach; x += 1) {
      const cover = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x, y)));
      if (cover > 0.05) pixels.push({ offset: y * width + x, cover });
    }
  }
  return {
    offsets: Int32Array.from(pixels, ({ offset }) => offset),
    cover: Float32Array.from(pixels, ({ cover }) => cover),
  };
}

/** Colors without opacity, each as the bytes of a pixel in one number. */
function toPackedColors(palette: readonly string[]): Uint32Array {
  const bytes = new Uint8ClampedArray(palette.length * 4);
  palette.forEach((css, index) => {
    const { r, g, b } = rgb(css);
    bytes.set([r, g, b, 0], index * 4);
  });
  return new Uint32Array(bytes.buffer);
}

/**
 * Writes points as discs into the memory of an image that is `getPad` pixels larger than the picture on each side. Later
 * ones lie on earlier ones, except that the soft edge of one does not eat into the body of another. For many points
 * this is far faster than asking a canvas for each, and than a WebGL that is made by software.
 */
export function writeDiscs(image: ImageData, { x, y }: ScatterPoints, paint: PointPaint, frame: PointFrame): void {
  const { affine, density } = frame;
  const { width, height } = image;
  const radius = frame.radius * density;
  const pad = getPad(radius);
  const { offsets, cover } = createStamp(radius, width);
  const { colorIndex, states, palette, opacity } = paint;
  const colors = toPackedColors(palette);
  const pixels = new Uint32Array(image.data.buffer);
  const [sx, sy] = [affine.sx * density, affine.sy * density];
  const [ox, oy] = [affine.ox * density + pad, affine.oy * density + pad];
  const opacities: Readonly<Record<number, number>> = { ...OPACITY, [NORMAL]: opacity };
  for (let state = states ? HIDDEN : NORMAL; state >= NORMAL; state -= 1) {
    // The highest byte of a pixel is its opacity, on every machine that browsers run on.
    const alphas = Uint32Array.from(
      cover,
      (fraction) => (Math.round(255 * fraction * (opacities[state] ?? 1)) << 24) >>> 0,
    );
    const full = Math.max(...alphas);
    for (let index = 0; index < x.length; index += 1) {
      if (states && states[index] !== state) continue;
      const column = Math.round(ox + sx * (x[index] ?? 0));
      const row = Math.round(oy + sy * (y[index] ?? 0));
      if (column < pad || row < pad || column >= width - pad || row >= height - pad) continue;
      const middle = row * width + column;
      const color = colors[colorIndex[index] ?? 0] ?? 0;
      for (let part = 0; part < offsets.length; part += 1) {
        const at = middle + (offsets[part] ?? 0);
        const alpha = alphas[part] ?? 0;
        if (alpha === full || alpha > (pixels[at] ?? 0)) pixels[at] = (color | alpha) >>> 0;
      }
    }
  }
}

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
