import './node-av-polyfills.ts';
import { expect, test } from 'vitest';

const { getMainSize, getSteps } = await import('./transcode.ts');

test('pictures are never upscaled, stay within 1080p, and have even sides', () => {
  expect(getMainSize({ width: 320, height: 240 })).toEqual({ width: 320, height: 240 });
  expect(getMainSize({ width: 3840, height: 2160 })).toEqual({ width: 1920, height: 1080 });
  expect(getMainSize({ width: 1080, height: 1920 })).toEqual({ width: 1080, height: 1920 });
  expect(getMainSize({ width: 641, height: 359 })).toEqual({ width: 640, height: 358 });
});

test('a ladder has its steps below the source', () => {
  expect(getSteps({ width: 1920, height: 1080 }).map(({ height }) => height)).toEqual([720, 480, 360]);
  expect(getSteps({ width: 1280, height: 720 }).map(({ height }) => height)).toEqual([480, 360]);
  expect(getSteps({ width: 320, height: 240 })).toEqual([]);
});
