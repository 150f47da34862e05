import { expect, test } from 'vitest';
import { getPad, writeDiscs } from './canvas-points.ts';
import { DIMMED, HIDDEN, NORMAL } from './scatter-data.ts';

const WIDTH = 60;
const HEIGHT = 40;
const RADIUS = 4;

/** Points at pixels of a picture; returns what is at a pixel: red, green, blue and opacity. */
function draw(points: readonly (readonly [x: number, y: number, colorIndex: number, state: number])[], density = 1) {
  const pad = getPad(RADIUS * density);
  const [width, height] = [WIDTH * density + 2 * pad, HEIGHT * density + 2 * pad];
  const image = { width, height, data: new Uint8ClampedArray(4 * width * height), colorSpace: 'srgb' as const };
  const column = (at: 0 | 1 | 2 | 3) => points.map((point) => point[at]);
  writeDiscs(
    image as ImageData,
    { x: Float32Array.from(column(0)), y: Float32Array.from(column(1)) },
    {
      colorIndex: Uint16Array.from(column(2)),
      palette: ['#ff0000', 'rgb(0, 128, 255)'],
      states: Uint8Array.from(column(3)),
      opacity: 1,
    },
    { affine: { sx: 1, ox: 0, sy: 1, oy: 0 }, width: WIDTH, height: HEIGHT, density, radius: RADIUS },
  );
  return (x: number, y: number) => [...image.data.slice(4 * ((y + pad) * width + x + pad)).slice(0, 4)];
}

test('a disc in its color, as wide as it is to be, and nothing beside it', () => {
  const at = draw([[20, 10, 1, NORMAL]]);
  expect(at(20, 10)).toEqual([0, 128, 255, 255]);
  expect([at(23, 10)[3], at(24, 10)[3], at(25, 10)[3], at(20, 6)[3]]).toEqual([255, 128, 0, 128]);
  expect(at(30, 10)).toEqual([0, 0, 0, 0]);
});

test('on a dense screen it is as large in CSS pixels', () => {
  const at = draw([[20, 10, 0, NORMAL]], 2);
  expect(at(40, 20)).toEqual([255, 0, 0, 255]);
  expect([at(47, 20)[3], at(49, 20)[3]]).toEqual([255, 0]);
});

test('the faint lie under the others, whatever their order', () => {
  const at = draw([
    [20, 10, 0, NORMAL],
    [20, 10, 1, DIMMED],
    [40, 10, 1, HIDDEN],
  ]);
  expect(at(20, 10)).toEqual([255, 0, 0, 255]);
  const [, , , hidden = 0] = at(40, 10);
  expect(hidden).toBeGreaterThan(0);
  expect(hidden).toBeLessThan(30);
});

test('what reaches beyond the picture is cut off, what lies beyond it is not there', () => {
  const at = draw([
    [0, 0, 0, NORMAL],
    [-9, 20, 0, NORMAL],
    [1e9, 1e9, 0, NORMAL],
  ]);
  expect(at(0, 0)).toEqual([255, 0, 0, 255]);
  expect(at(2, 2)).toEqual([255, 0, 0, 255]);
  expect(at(0, 20)).toEqual([0, 0, 0, 0]);
});
