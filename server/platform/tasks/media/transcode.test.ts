import './node-av-polyfills.ts';
import { expect, test } from 'vitest';

const { renditionSizes } = await import('./transcode.ts');

test('pictures are never upscaled, stay within 1080p, and have even sides', () => {
  expect(renditionSizes({ width: 320, height: 240 }, true)).toEqual([{ width: 320, height: 240 }]);
  expect(renditionSizes({ width: 3840, height: 2160 }, false)).toEqual([{ width: 1920, height: 1080 }]);
  expect(renditionSizes({ width: 1080, height: 1920 }, false)).toEqual([{ width: 1080, height: 1920 }]);
  expect(renditionSizes({ width: 641, height: 359 }, false)).toEqual([{ width: 640, height: 358 }]);
});

test('a ladder has its steps below the source', () => {
  expect(renditionSizes({ width: 1920, height: 1080 }, true).map(({ height }) => height)).toEqual([
    1080, 720, 480, 360,
  ]);
  expect(renditionSizes({ width: 1280, height: 720 }, true).map(({ height }) => height)).toEqual([720, 480, 360]);
});
