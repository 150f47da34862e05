import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Detection } from './detector.ts';
import { loadVisionModel } from './graph-model.ts';
import type { Picture } from './picture.ts';

type Box = Detection['box'];

/** Its center and the side of its box are shares of the window's side. */
interface Face {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** 0..1. */
  readonly score: number;
}

/** The square that a face fills from the brows to the chin, in picture pixels. */
export interface FaceSquare {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** The faces in a picture that are turned to the camera. */
export interface FoundFaces {
  readonly squares: readonly FaceSquare[];
  /** Side of the largest one, as a share of the picture's height; 0 without any. */
  readonly largest: number;
  /** Score of the largest one, 0..1. */
  readonly score: number;
}

/** A square in picture pixels; it may reach beyond the picture. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

const SIDE = 256;
/** A whole picture holds more patterns that look like faces than the head of somebody who was found already. */
const SURE = { anywhere: 0.75, onPerson: 0.65 } as const;
/** Smaller than this share of the window is a pattern as often as a face. */
const SMALLEST = 0.12;
const SAME_FACE = 0.3;
/** Below this many pixels a face is a smudge. */
const SMALLEST_PIXELS = 12;
/** Air above a head, as a share of the window. */
const HEADROOM = 0.1;
const MAX_PEOPLE = 8;

/** Centres that the model's rows refer to, in input pixels: 2 a cell of 16 px, then 6 a cell of 32 px. */
const ANCHORS: readonly (readonly [x: number, y: number])[] = [
  { stride: 16, count: 2 },
  { stride: 32, count: 6 },
].flatMap(({ stride, count }) => {
  const cells = SIDE / stride;
  return Array.from({ length: cells * cells * count }, (_, index) => {
    const cell = Math.floor(index / count);
    return [((cell % cells) + 0.5) * stride, (Math.floor(cell / cells) + 0.5) * stride] as const;
  });
});

/** The window's pixels at the model's size, nearest neighbor, black outside of the picture; -1..1. */
function toInput(picture: Picture, { left, top, side }: Window): Float32Array {
  const input = new Float32Array(SIDE * SIDE * 3).fill(-1);
  for (let y = 0; y < SIDE; y += 1) {
    const row = Math.floor(top + ((y + 0.5) * side) / SIDE);
    if (row < 0 || row >= picture.height) continue;
    for (let x = 0; x < SIDE; x += 1) {
      const column = Math.floor(left + ((x + 0.5) * side) / SIDE);
      if (column < 0 || column >= picture.width) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        input[(y * SIDE + x) * 3 + channel] =
          (picture.data[(row * picture.width + column) * 3 + channel] ?? 0) / 127.5 - 1;
      }
    }
  }
  return input;
}

const isSame = (a: Face, b: Face) => Math.hypot(a.x - b.x, a.y - b.y) < Math.max(a.size, b.size) * SAME_FACE;

/** BlazeFace (Bazarevsky et al. 2019), from the `@vladmandic/human` package. */
export class FaceFinder {
  readonly #model: GraphModel;

  private constructor(model: GraphModel) {
    this.#model = model;
  }

  static async load(): Promise<FaceFinder> {
    return new FaceFinder(await loadVisionModel('blazeface'));
  }

  /**
   * The faces that are turned to the camera. People stand at `boxes`, in picture pixels: their heads are looked at from
   * near, since the model misses faces that are small in its window.
   */
  find(picture: Picture, boxes: readonly Box[]): FoundFaces {
    const { width, height } = picture;
    const side = Math.max(width, height);
    const whole = { left: (width - side) / 2, top: (height - side) / 2, side };
    const toLocated = ({ score, x, y, size }: Face, window: Window) => {
      const [centerX, centerY, side] = [
        window.left + x * window.side,
        window.top + y * window.side,
        size * window.side,
      ];
      return { score, square: { left: centerX - side / 2, top: centerY - side / 2, side } };
    };
    const near = boxes.slice(0, MAX_PEOPLE).flatMap(([left, top, right, bottom]) => {
      const head = Math.min(right - left, bottom - top);
      const window = { left: (left + right - head) / 2, top: top - head * HEADROOM, side: head };
      const face = this.#find(picture, window, SURE.onPerson).find(({ size }) => size * head >= SMALLEST_PIXELS);
      return face ? [toLocated(face, window)] : [];
    });
    const anywhere = this.#find(picture, whole, SURE.anywhere).map((face) => toLocated(face, whole));
    const [largest] = [...near, ...anywhere].sort((a, b) => b.square.side - a.square.side);
    return {
      squares: (near.length >= anywhere.length ? near : anywhere).map(({ square }) => square),
      largest: (largest?.square.side ?? 0) / height,
      score: largest?.score ?? 0,
    };
  }

  /** Faces within a window of a picture, surest first. */
  #find(picture: Picture, window: Window, sure: number): Face[] {
    tf.engine().startScope();
    try {
      const input = tf.tensor4d(toInput(picture, window), [1, SIDE, SIDE, 3]);
      // Scores and boxes of the small cells, then of the large ones.
      const result = this.#model.execute(input, ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']);
      const outputs = (Array.isArray(result) ? result : []).map((tensor) => tensor.dataSync<'float32'>());
      const [smallScores, largeScores, smallBoxes, largeBoxes] = outputs;
      if (!smallScores || !largeScores || !smallBoxes || !largeBoxes) throw new Error('The face model gave no result.');
      const candidates = ANCHORS.flatMap(([anchorX, anchorY], row): Face[] => {
        const large = row - smallScores.length;
        const logit = (large < 0 ? smallScores[row] : largeScores[large]) ?? Number.NEGATIVE_INFINITY;
        const boxes = large < 0 ? smallBoxes : largeBoxes;
        const at = (large < 0 ? row : large) * 16;
        const score = 1 / (1 + Math.exp(-logit));
        const size = Math.max(boxes[at + 2] ?? 0, boxes[at + 3] ?? 0) / SIDE;
        if (score < sure || size < SMALLEST) return [];
        return [{ score, size, x: (anchorX + (boxes[at] ?? 0)) / SIDE, y: (anchorY + (boxes[at + 1] ?? 0)) / SIDE }];
      }).sort((a, b) => b.score - a.score);
      const kept: Face[] = [];
      for (const candidate of candidates) if (!kept.some((face) => isSame(face, candidate))) kept.push(candidate);
      return kept;
    } finally {
      tf.engine().endScope();
    }
  }
}
