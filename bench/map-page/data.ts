import { randomLcg, randomNormal } from 'd3';

/** What every candidate draws: the same points, colors and sizes. */
export interface BenchData {
  /** [0, 1] */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly colorIndex: Uint16Array;
  readonly palette: readonly string[];
  /** CSS pixels, at rest. */
  readonly radius: number;
  readonly opacity: number;
}

/** A candidate on its element: drawn once it is made; from then on wheels over its element zoom it. */
export interface Candidate {
  /** What the wheel is to be sent to. */
  readonly target: Element;
  /** Returns when what was drawn is there to be read; null where the browser alone knows. */
  readonly finish: (() => void) | null;
  /** Resolves when the wheel will be obeyed, where that comes later than the first picture. */
  readonly ready?: Promise<void>;
}

const PALETTE = ['#4e79a7', '#f28e2c', '#e15759', '#76b7b2', '#59a14f', '#edc949', '#af7aa1', '#ff9da7'];

/** Heaps around eight places, as embeddings lie; the same for each number. */
export function benchData(count: number, radius: number, opacity: number): BenchData {
  const random = randomLcg(0.7);
  const normal = randomNormal.source(random)(0, 0.06);
  const middles = PALETTE.map(() => [0.15 + 0.7 * random(), 0.15 + 0.7 * random()] as const);
  const colorIndex = Uint16Array.from({ length: count }, (_, index) => index % PALETTE.length);
  const along = (axis: 0 | 1) =>
    Float32Array.from(colorIndex, (group) => Math.min(1, Math.max(0, (middles[group]?.[axis] ?? 0.5) + normal())));
  return { x: along(0), y: along(1), colorIndex, palette: PALETTE, radius, opacity };
}
