import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Box } from './boxes.ts';
import { loadVisionModel } from './graph-model.ts';
import { COCO_LABELS } from './labels.ts';
import { HEAT_SIDE, INPUT_SIDE, letterbox, type Picture } from './picture.ts';

/** A box in input pixels of the letterboxed square. */
export interface Detection {
  readonly label: string;
  readonly score: number;
  readonly box: Box;
}

export interface Detected {
  readonly detections: readonly Detection[];
  /** Class scores a cell: [HEAT_SIDE, HEAT_SIDE, 80], row first. */
  readonly heat: Float32Array;
  /** The backbone's last layer, averaged over the picture. */
  readonly features: Float32Array;
}

const DETECTIONS = 'tower_0/detections';
const HEAT = 'tower_0/keypoints';
const BACKBONE = 'tower_0/extern1/hard_swish/mul_1';
const MIN_SCORE = 0.12;

/** CenterNet over COCO, from the `@vladmandic/human` package, run by TensorFlow.js on WebAssembly. */
export class Detector {
  readonly #model: GraphModel;

  private constructor(model: GraphModel) {
    this.#model = model;
  }

  static async load(): Promise<Detector> {
    return new Detector(await loadVisionModel('centernet'));
  }

  /** What is in a picture whose sides are at most 512 px. */
  detect(picture: Picture): Detected {
    // Not tf.tidy: it walks what its function returns, which for these arrays takes longer than the model itself.
    tf.engine().startScope();
    try {
      const input = tf.tensor4d(letterbox(picture), [1, INPUT_SIDE, INPUT_SIDE, 3]);
      const result = this.#model.execute(input, [DETECTIONS, HEAT, BACKBONE]);
      const [boxes, heat, backbone] = Array.isArray(result) ? result : [];
      if (!boxes || !heat || !backbone) throw new Error('The detector did not give its three outputs.');
      return {
        detections: readBoxes(boxes.dataSync<'float32'>()),
        heat: heat.dataSync<'float32'>().slice(),
        features: tf.mean(backbone, [1, 2]).dataSync<'float32'>().slice(),
      };
    } finally {
      tf.engine().endScope();
    }
  }
}

/** Rows of [left, top, right, bottom, score, class], best first. */
function readBoxes(rows: Float32Array): Detection[] {
  const found: Detection[] = [];
  for (let at = 0; at + 6 <= rows.length; at += 6) {
    const [left = 0, top = 0, right = 0, bottom = 0, score = 0, category = 0] = rows.subarray(at, at + 6);
    const label = COCO_LABELS[category];
    if (score < MIN_SCORE || !label) continue;
    found.push({ label, score, box: [left, top, right, bottom] });
  }
  return found;
}

/** The heat-map cell under an input pixel. */
export const heatCell = (pixel: number): number =>
  Math.min(HEAT_SIDE - 1, Math.max(0, Math.floor((pixel * HEAT_SIDE) / INPUT_SIDE)));
