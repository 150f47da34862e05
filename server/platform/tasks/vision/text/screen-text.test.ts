import { expect, test } from 'vitest';
import type { Picture } from '../picture.ts';
import { ScreenTextTracker } from './screen-text.ts';
import type { Box } from './text-models.ts';

const WIDTH = 160;
const HEIGHT = 80;

/** Something that is written in a picture. */
interface Written {
  readonly box: Box;
  readonly text: string;
}

/** A picture in which each text is a pattern of its own in its box. */
function draw(written: readonly Written[], shade = 40): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(shade);
  for (const { box, text } of written) {
    const [left, top, right, bottom] = box;
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const character = text.charCodeAt(Math.floor(((x - left) / (right - left)) * text.length));
        data.fill((x * character + y) % 3 === 0 ? 255 : 0, (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3);
      }
    }
  }
  return { data, width: WIDTH, height: HEIGHT };
}

/** Follows frames, two per second; counts how often a frame was searched and a text read. */
async function follow(frames: readonly (readonly Written[])[], segmentStarts: readonly number[] = [0]) {
  const counts = { searches: 0, readings: 0 };
  let shown: readonly Written[] = [];
  const tracker = new ScreenTextTracker({
    find: async () => {
      counts.searches += 1;
      return shown.map(({ box }) => box);
    },
    read: async (_picture, [left, top]) => {
      counts.readings += 1;
      const found = shown.find(({ box }) => Math.abs(box[0] - left) <= 1 && Math.abs(box[1] - top) <= 1);
      return { text: found?.text ?? '', confidence: found ? 0.95 : 0 };
    },
  });
  for (const [index, written] of frames.entries()) {
    shown = written;
    const picture = draw(written);
    await tracker.next({
      time: index / 2,
      picture,
      startsSegment: segmentStarts.includes(index),
      forFinding: () => picture,
      forReading: () => picture,
    });
  }
  const texts = tracker.finish(frames.length / 2).map(({ start, end, text }) => [start, end, text]);
  return { texts, ...counts };
}

const EXIT: Written = { box: [16, 16, 96, 32], text: 'EXIT' };
const DOCK: Written = { box: [16, 48, 112, 64], text: 'Dock 7' };
const toClock = (second: number): Written => ({ box: [16, 48, 112, 64], text: `10:22:0${second} CAM 3` });
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('a text that stays is read once, from its first frame to its last', async () => {
  expect(await follow(repeat(8, [EXIT]))).toEqual({ texts: [[0, 4, 'EXIT']], searches: 1, readings: 1 });
});

test('a text that appears in a still picture is found, and ends when it goes', async () => {
  const { texts } = await follow([...repeat(3, []), ...repeat(4, [EXIT]), ...repeat(3, [])]);
  expect(texts).toEqual([[1.5, 3.5, 'EXIT']]);
});

test('two texts follow each other in the same place', async () => {
  const { texts } = await follow([...repeat(4, [DOCK]), ...repeat(4, [{ ...DOCK, text: 'Gate A' }])]);
  expect(texts).toEqual([
    [0, 2, 'Dock 7'],
    [2, 4, 'Gate A'],
  ]);
});

test('a clock that ticks is one text, read every other second', async () => {
  const { texts, readings } = await follow(Array.from({ length: 16 }, (_, index) => [toClock(Math.floor(index / 2))]));
  expect(texts).toEqual([[0, 8, '10:22:00 CAM 3']]);
  expect(readings).toBeLessThan(8);
});

test('a segment that begins with the same picture is not searched again, one with another is', async () => {
  const same = await follow(repeat(8, [EXIT]), [0, 4]);
  expect(same.searches).toBe(1);
  const other = await follow([...repeat(4, [EXIT]), ...repeat(4, [EXIT, DOCK])], [0, 4]);
  expect(other.searches).toBe(2);
  expect(other.texts).toEqual([
    [0, 4, 'EXIT'],
    [2, 4, 'Dock 7'],
  ]);
});

test('single letters and doubtful readings are no text', async () => {
  expect((await follow(repeat(4, [{ box: [16, 16, 96, 32], text: 'A' }]))).texts).toEqual([]);
});
