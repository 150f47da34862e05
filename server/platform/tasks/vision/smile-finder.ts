import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { FaceSquare } from './face-finder.ts';
import { loadVisionModel } from './graph-model.ts';
import type { Picture } from './picture.ts';

const SIDE = 64;
/** Sides of two windows in sides of the face. Of a smile both are sure; a face that is turned or tilted looks like one in either. */
const WINDOWS = [1, 1.3] as const;
/** Of the model's seven emotions. */
const HAPPY = 3;
/** Score from which a face smiles for sure: below, it may speak. */
const MIN_SCORE = 0.9;
/** Pixels of a face's side below which its mouth is a smudge. */
const MIN_FACE = 32;
const MAX_FACES = 8;

/** The luma of a window around a face, its side in pixels, at the model's size, bilinear, its edges drawn on outside of the picture; -1..1. */
function toInput({ data, width, height }: Picture, { left, top, side }: FaceSquare, window: number): Float32Array {
  const toEdge = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  const getLuma = (x: number, y: number) => {
    const at = (toEdge(y, height) * width + toEdge(x, width)) * 3;
    return 0.2989 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  };
  return Float32Array.from({ length: SIDE * SIDE }, (_, index) => {
    const x = left + (side - window) / 2 + (((index % SIDE) + 0.5) * window) / SIDE - 0.5;
    const y = top + (side - window) / 2 + ((Math.floor(index / SIDE) + 0.5) * window) / SIDE - 0.5;
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const above = getLuma(x0, y0) * (1 - (x - x0)) + getLuma(x0 + 1, y0) * (x - x0);
    const below = getLuma(x0, y0 + 1) * (1 - (x - x0)) + getLuma(x0 + 1, y0 + 1) * (x - x0);
    return (above * (1 - (y - y0)) + below * (y - y0)) / 127.5 - 1;
  });
}

/** The emotion model of Arriaga et al. 2017 (mini-Xception), from the `@vladmandic/human` package, of which smiles alone are told. */
export class SmileFinder {
  readonly #model: GraphModel;

  private constructor(model: GraphModel) {
    this.#model = model;
  }

  static async load(): Promise<SmileFinder> {
    return new SmileFinder(await loadVisionModel('emotion'));
  }

  /** How many of the faces in a picture smile. */
  count(picture: Picture, faces: readonly FaceSquare[]): number {
    return faces
      .filter(({ side }) => side >= MIN_FACE)
      .slice(0, MAX_FACES)
      .filter((face) => WINDOWS.every((sides) => this.#getHappiness(picture, face, sides * face.side) >= MIN_SCORE))
      .length;
  }

  #getHappiness(picture: Picture, face: FaceSquare, window: number): number {
    tf.engine().startScope();
    try {
      const result = this.#model.execute(tf.tensor4d(toInput(picture, face, window), [1, SIDE, SIDE, 1]));
      const score = Array.isArray(result) ? undefined : result.dataSync<'float32'>()[HAPPY];
      if (score === undefined) throw new Error('The emotion model gave no result.');
      return score;
    } finally {
      tf.engine().endScope();
    }
  }
}
