import { expect, test } from 'vitest';
import { findBlobs } from './blobs.ts';
import { findForeground, getBackground, getBrightness, toGrid } from './motion.ts';

const [WIDTH, HEIGHT] = [256, 144];

/** A gray picture with a white square whose left edge is at `left`; `gray` is the gray. */
function picture(left: number | null, gray = 100) {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(gray);
  if (left !== null) {
    for (let y = 50; y < 90; y += 1) data.fill(250, (y * WIDTH + left) * 3, (y * WIDTH + left + 40) * 3);
  }
  return { data, width: WIDTH, height: HEIGHT };
}

const background = getBackground([0, 60, 120, 180].map((left) => toGrid(picture(left))));

test('what moves stands out from what stays, as one region where it is', () => {
  const foreground = findForeground(toGrid(picture(120)), background);
  const [blob, ...others] = findBlobs(foreground, picture(120));
  expect(others).toEqual([]);
  expect(blob?.left).toBeGreaterThan(110);
  expect(blob?.right).toBeLessThan(170);
  expect(foreground.cameraMoves).toBe(false);
});

test('a change of exposure is not motion', () => {
  const foreground = findForeground(toGrid(picture(null, 140)), background);
  expect(foreground.fraction).toBe(0);
});

test('brightness is the mean luma', () => expect(getBrightness(toGrid(picture(null, 51)))).toBeCloseTo(0.2, 2));
