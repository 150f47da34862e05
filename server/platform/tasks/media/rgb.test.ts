import './node-av-polyfills.ts';
import { expect, test } from 'vitest';

const { toFrame, toPicture } = await import('./rgb.ts');

test.each([
  [64, 36],
  [171, 97],
  [1, 1],
])('a frame of %d × %d pixels keeps them, whatever becomes of the memory that they came from', (width, height) => {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => index % 251);
  const frame = toFrame({ data, width, height });
  const before = Uint8Array.from(data);
  data.fill(255);
  expect(toPicture(frame)).toEqual({ data: before, width, height });
  frame.free();
});
