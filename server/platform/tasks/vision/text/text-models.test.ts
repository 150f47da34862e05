import { expect, test } from 'vitest';
import { type Box, decodeSteps, findLines, joinLine } from './text-models.ts';

test('neighboring pixels above the threshold are one line', () => {
  const map = new Float32Array(20 * 10);
  const fill = (left: number, top: number, right: number, bottom: number, value: number) => {
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) map[y * 20 + x] = value;
  };
  fill(1, 1, 9, 4, 0.5);
  fill(12, 5, 19, 9, 1);
  // Too thin.
  fill(1, 7, 9, 8, 1);
  expect(findLines(map, 20, 10)).toEqual([
    { box: [1, 1, 9, 4], mean: 0.5 },
    { box: [12, 5, 19, 9], mean: 1 },
  ]);
});

test('boxes of one line are joined over the gap of a word, columns are not', () => {
  const boxes: Box[] = [
    [10, 10, 50, 30],
    [58, 12, 90, 30],
    [140, 10, 180, 30],
    [12, 40, 60, 60],
  ];
  const sorted = boxes.sort((a, b) => a[0] - b[0]);
  expect(sorted.reduce(joinLine, [])).toEqual([
    [10, 10, 90, 30],
    [12, 40, 60, 60],
    [140, 10, 180, 30],
  ]);
});

test('steps become text: repetitions and blanks go, a likely space between characters stays', () => {
  const characters = ['A', 'B', ' '];
  const steps = [
    [0.1, 0.9, 0, 0],
    [0.1, 0.9, 0, 0],
    [0.9, 0.05, 0, 0.05],
    [0.1, 0.9, 0, 0],
    [0.6, 0, 0.1, 0.3],
    [0, 0, 1, 0],
  ];
  const { text, confidence } = decodeSteps(Float32Array.from(steps.flat()), steps.length, characters);
  expect(text).toBe('AA B');
  expect(confidence).toBeCloseTo((0.9 + 0.9 + 1) / 3, 5);
  expect(decodeSteps(Float32Array.from([1, 0, 0, 0]), 1, characters)).toEqual({ text: '', confidence: 0 });
});
