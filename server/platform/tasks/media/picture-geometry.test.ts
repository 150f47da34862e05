import type { Stream } from 'node-av';
import { expect, test } from 'vitest';
import './node-av-polyfills.ts';

const { fitInto, getDisplaySize, getOrientationFilters } = await import('./picture-geometry.ts');
const { isCombed } = await import('./fields.ts');

const ONE = 0x10000;

/** What is read of a stream: its size, the shape of its pixels, and a display matrix as files hold it. */
function createStream(
  matrix: [a: number, b: number, c: number, d: number] | null,
  aspect = { num: 1, den: 1 },
): Stream {
  const [a, b, c, d] = matrix ?? [1, 0, 0, 1];
  const data = Buffer.alloc(36);
  for (const [index, value] of [a * ONE, b * ONE, 0, c * ONE, d * ONE].entries()) data.writeInt32LE(value, index * 4);
  const stream = {
    sampleAspectRatio: aspect,
    codecpar: {
      width: 720,
      height: 576,
      sampleAspectRatio: { num: 0, den: 1 },
      getCodedSideData: () => (matrix ? data : null),
    },
  };
  return stream as unknown as Stream;
}

test.each([
  ['no matrix', null, [], [720, 576]],
  ['identity', [1, 0, 0, 1], [], [720, 576]],
  ['a quarter turn clockwise', [0, 1, -1, 0], ['transpose=clock'], [576, 720]],
  ['a half turn', [-1, 0, 0, -1], ['hflip', 'vflip'], [720, 576]],
  ['a quarter turn back', [0, -1, 1, 0], ['transpose=cclock'], [576, 720]],
  ['mirrored left to right', [-1, 0, 0, 1], ['hflip'], [720, 576]],
  ['mirrored top to bottom', [1, 0, 0, -1], ['vflip'], [720, 576]],
  ['mirrored along one diagonal', [0, 1, 1, 0], ['transpose=cclock_flip'], [576, 720]],
  ['mirrored along the other', [0, -1, -1, 0], ['transpose=clock_flip'], [576, 720]],
] as const)('a display matrix that says %s', (_title, matrix, filters, [width, height]) => {
  const stream = createStream(matrix ? [...matrix] : null);
  expect(getOrientationFilters(stream)).toEqual(filters);
  expect(getDisplaySize(stream)).toEqual({ width, height });
});

test.each([
  ['wide', { num: 64, den: 45 }, { width: 1024, height: 576 }],
  ['narrow', { num: 8, den: 9 }, { width: 640, height: 576 }],
  ['unknown', { num: 0, den: 1 }, { width: 720, height: 576 }],
  ['absurd', { num: 1000, den: 1 }, { width: 720, height: 576 }],
])('pixels that are %s', (_title, aspect, size) => {
  expect(getDisplaySize(createStream(null, aspect))).toEqual(size);
});

test('fits a picture into a box without making it larger, with even sides of two pixels at least', () => {
  expect(fitInto({ width: 1920, height: 1080 }, { width: 640, height: 640 })).toEqual({ width: 640, height: 360 });
  expect(fitInto({ width: 320, height: 181 }, { width: 1920, height: 1080 })).toEqual({ width: 320, height: 180 });
  expect(fitInto({ width: 16, height: 4000 }, { width: 240, height: 136 })).toEqual({ width: 2, height: 136 });
});

test('tells combed frames from whole ones, and from those that tell nothing', () => {
  const [width, height] = [64, 64];
  const draw = (value: (row: number, column: number) => number) =>
    Uint8Array.from({ length: width * height }, (_, at) => value(Math.floor(at / width), at % width));
  const edge = (position: number) => (column: number) => (column < position ? 20 : 220);
  expect(
    isCombed(
      draw((row, column) => edge(row % 2 === 0 ? 20 : 40)(column)),
      width,
      height,
    ),
  ).toBe(true);
  expect(
    isCombed(
      draw((row) => (row % 8 < 4 ? 20 : 220)),
      width,
      height,
    ),
  ).toBe(false);
  expect(
    isCombed(
      draw(() => 100),
      width,
      height,
    ),
  ).toBeNull();
});
