import { expect, test } from 'vitest';
import { createPieceCutter, SAMPLE_RATE } from './piece-cutter.ts';

const tone = (seconds: number, level = 8_000) =>
  Int16Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, index) => (index % 2 === 0 ? level : -level));

/** Pushes sound in blocks of uneven size, and returns where its pieces begin and how long they are, in seconds. */
function cut(...parts: readonly Int16Array[]): [start: number, seconds: number][] {
  const cutter = createPieceCutter();
  const pieces = parts.flatMap((part) => {
    const made = [];
    for (let at = 0; at < part.length; at += 1_013) made.push(...cutter.push(part.subarray(at, at + 1_013)));
    return made;
  });
  return [...pieces, ...cutter.end()].map(({ start, samples }) => [
    Math.round(start * 100) / 100,
    Math.round((samples.length / SAMPLE_RATE) * 100) / 100,
  ]);
}

test('silence makes no piece', () => {
  expect(cut(tone(5, 0))).toEqual([]);
  expect(cut()).toEqual([]);
});

test('sound is one piece with a margin, also over short pauses', () => {
  expect(cut(tone(1, 0), tone(2), tone(1, 0), tone(1), tone(1, 0))).toEqual([[0.7, 4.6]]);
});

test('a long silence parts two pieces, each at its own time', () => {
  expect(cut(tone(1), tone(5, 0), tone(1))).toEqual([
    [0, 1.3],
    [5.7, 1.3],
  ]);
});

test('what goes on for longer than ten minutes is cut', () => {
  const pieces = cut(tone(601));
  expect(pieces).toEqual([
    [0, 600],
    [600, 1],
  ]);
});
