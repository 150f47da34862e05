import { expect, test } from 'vitest';
import { timeOfDayIn } from './light.ts';
import { toGrid } from './motion.ts';
import type { Picture } from './picture.ts';

type Paint = (x: number, y: number) => readonly [red: number, green: number, blue: number];

function painted(paint: Paint): Picture {
  const [width, height] = [256, 144];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) data.set(paint(x, y), (y * width + x) * 3);
  return { data, width, height };
}

const lampAt = (x: number, y: number) => x % 64 < 6 && Math.abs(y - 60) < 4;

test.each<[string, Paint, string | null]>([
  ['a street under a blue sky', (_, y) => (y < 60 ? [120, 170, 235] : [110, 105, 100]), 'day'],
  ['a street with lamps in the dark', (x, y) => (lampAt(x, y) ? [255, 240, 200] : [14, 14, 20]), 'night'],
  ['a dark room', () => [20, 18, 16], null],
  ['an office with a white ceiling', (_, y) => (y < 50 ? [230, 230, 228] : [150, 140, 130]), null],
  ['a blue wall behind a bright window', (x) => (x < 128 ? [60, 90, 160] : [250, 250, 250]), null],
])('%s', (_, paint, expected) => {
  const picture = painted(paint);
  expect(timeOfDayIn(picture, toGrid(picture))).toBe(expected);
});
