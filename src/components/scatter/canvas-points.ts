import type { PointFrame, PointPaint, PointRenderer } from './point-renderer.ts';
import { NO_POINTS, NORMAL, OPACITY, type ScatterPoints } from './scatter-data.ts';

/** Below this radius, in CSS pixels, a square passes for a disc. */
const SMALL = 2;
const TURN = Math.PI * 2;
const STATES = [2, 1, 0] as const;

/** Points of one colour and one state: filled in one go, since filling is what costs. */
interface Batch {
  readonly color: string;
  readonly opacity: number;
  readonly members: Uint32Array;
}

function batchesOf({ shade, palette, states, opacity }: PointPaint): Batch[] {
  const slot = (index: number) => (states?.[index] ?? NORMAL) * palette.length + (shade[index] ?? 0);
  const counts = new Uint32Array(3 * palette.length);
  for (let index = 0; index < shade.length; index += 1) {
    const at = slot(index);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const members = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(counts.length);
  for (let index = 0; index < shade.length; index += 1) {
    const at = slot(index);
    const list = members[at];
    const end = filled[at] ?? 0;
    if (list) list[end] = index;
    filled[at] = end + 1;
  }
  // The faintest first: the others lie on top.
  return STATES.flatMap((state) =>
    palette.map((color, index) => ({
      color,
      opacity: state === NORMAL ? opacity : OPACITY[state],
      members: members[state * palette.length + index] ?? new Uint32Array(),
    })),
  ).filter((batch) => batch.members.length > 0);
}

/** Draws points with Canvas 2D: where WebGL2 is missing, and while its context is lost. */
export class CanvasPoints implements PointRenderer {
  readonly kind = 'canvas';
  readonly canvas: HTMLCanvasElement;
  #points = NO_POINTS;
  #batches: readonly Batch[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  setPoints(points: ScatterPoints): void {
    this.#points = points;
  }

  setPaint(paint: PointPaint): void {
    this.#batches = batchesOf(paint);
  }

  draw({ affine: { sx, ox, sy, oy }, width, height, density, radius }: PointFrame): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    const { x, y } = this.#points;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    for (const { color, opacity, members } of this.#batches) {
      context.globalAlpha = opacity;
      context.fillStyle = color;
      context.beginPath();
      for (const index of members) {
        const [px, py] = [ox + sx * (x[index] ?? 0), oy + sy * (y[index] ?? 0)];
        if (px < -radius || py < -radius || px > width + radius || py > height + radius) continue;
        if (radius < SMALL) {
          context.fillRect(px - radius, py - radius, 2 * radius, 2 * radius);
        } else {
          context.moveTo(px + radius, py);
          context.arc(px, py, radius, 0, TURN);
        }
      }
      context.fill();
    }
    context.globalAlpha = 1;
  }

  destroy(): void {
    this.#batches = [];
  }
}
