import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Box } from './boxes.ts';
import { loadVisionModel } from './graph-model.ts';
import type { Picture } from './picture.ts';

/** A point of a body, in picture pixels. */
export interface Keypoint {
  readonly x: number;
  readonly y: number;
  /** 0..1. */
  readonly score: number;
}

/** The points of a body in the model's order: COCO's, `left` being the person's own left. */
export const BODY_PARTS = [
  'nose',
  'leftEye',
  'rightEye',
  'leftEar',
  'rightEar',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
] as const;
export type BodyPart = (typeof BODY_PARTS)[number];

export type Body = Readonly<Record<BodyPart, Keypoint>>;

const SIDE = 192;
/** Room around a person's box, as a share of its longer side: the model expects the whole body with some air. */
const MARGIN = 0.15;

interface Window {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** The square around a box. It may reach beyond the picture. */
function toWindow([left, top, right, bottom]: Box): Window {
  const side = Math.max(right - left, bottom - top) * (1 + 2 * MARGIN);
  return { left: (left + right - side) / 2, top: (top + bottom - side) / 2, side };
}

/** The window's pixels at the model's size, bilinear, black outside of the picture; 0..255. */
function toInput({ data, width, height }: Picture, { left, top, side }: Window): Int32Array {
  const input = new Int32Array(SIDE * SIDE * 3);
  for (let row = 0; row < SIDE; row += 1) {
    const y = top + ((row + 0.5) * side) / SIDE - 0.5;
    const y0 = Math.floor(y);
    if (y0 < 0 || y0 + 1 >= height) continue;
    for (let column = 0; column < SIDE; column += 1) {
      const x = left + ((column + 0.5) * side) / SIDE - 0.5;
      const x0 = Math.floor(x);
      if (x0 < 0 || x0 + 1 >= width) continue;
      const at = (y0 * width + x0) * 3;
      const [right, down] = [x - x0, y - y0];
      for (let channel = at; channel < at + 3; channel += 1) {
        const above = (data[channel] ?? 0) * (1 - right) + (data[channel + 3] ?? 0) * right;
        const below = (data[channel + width * 3] ?? 0) * (1 - right) + (data[channel + width * 3 + 3] ?? 0) * right;
        input[(row * SIDE + column) * 3 + channel - at] = Math.round(above * (1 - down) + below * down);
      }
    }
  }
  return input;
}

/** MoveNet Lightning (Google 2021), from the `@vladmandic/human` package: the body of one person. */
export class PoseEstimator {
  readonly #model: GraphModel;

  private constructor(model: GraphModel) {
    this.#model = model;
  }

  static async load(): Promise<PoseEstimator> {
    return new PoseEstimator(await loadVisionModel('movenet-lightning'));
  }

  /** The body of the person in a box of a picture. */
  estimate(picture: Picture, box: Box): Body {
    const window = toWindow(box);
    tf.engine().startScope();
    try {
      const input = tf.tensor4d(toInput(picture, window), [1, SIDE, SIDE, 3], 'int32');
      const result = this.#model.execute(input);
      const rows = Array.isArray(result) ? undefined : result.dataSync<'float32'>();
      if (rows?.length !== BODY_PARTS.length * 3) throw new Error('The pose model gave no body.');
      const toKeypoint = (part: BodyPart): Keypoint => {
        // Rows of y, x and score.
        const at = BODY_PARTS.indexOf(part) * 3;
        const [y = 0, x = 0, score = 0] = rows.subarray(at, at + 3);
        return { x: window.left + x * window.side, y: window.top + y * window.side, score };
      };
      return createBody(toKeypoint);
    } finally {
      tf.engine().endScope();
    }
  }
}

/** A body of one point for each part. */
export const createBody = (toKeypoint: (part: BodyPart) => Keypoint): Body => ({
  nose: toKeypoint('nose'),
  leftEye: toKeypoint('leftEye'),
  rightEye: toKeypoint('rightEye'),
  leftEar: toKeypoint('leftEar'),
  rightEar: toKeypoint('rightEar'),
  leftShoulder: toKeypoint('leftShoulder'),
  rightShoulder: toKeypoint('rightShoulder'),
  leftElbow: toKeypoint('leftElbow'),
  rightElbow: toKeypoint('rightElbow'),
  leftWrist: toKeypoint('leftWrist'),
  rightWrist: toKeypoint('rightWrist'),
  leftHip: toKeypoint('leftHip'),
  rightHip: toKeypoint('rightHip'),
  leftKnee: toKeypoint('leftKnee'),
  rightKnee: toKeypoint('rightKnee'),
  leftAnkle: toKeypoint('leftAnkle'),
  rightAnkle: toKeypoint('rightAnkle'),
});
