import { expect, test } from 'vitest';
import { colorOfThing, colorShares, getName } from './colors.ts';

test.each([
  [[200, 30, 30], 'red'],
  [[30, 60, 160], 'blue'],
  [[60, 130, 50], 'green'],
  [[230, 210, 40], 'yellow'],
  [[240, 240, 240], 'white'],
  [[110, 110, 112], 'gray'],
  [[12, 12, 14], 'black'],
  [[110, 75, 40], 'brown'],
] as const)('%j is %s', ([red, green, blue], name) => expect(getName(red, green, blue)).toBe(name));

/** A gray picture with a box of another color in its middle. */
function boxed(red: number, green: number, blue: number) {
  const [width, height] = [64, 36];
  const data = new Uint8Array(width * height * 3).fill(110);
  for (let y = 9; y < 27; y += 1) for (let x = 16; x < 48; x += 1) data.set([red, green, blue], (y * width + x) * 3);
  return { data, width, height };
}

test('shares add up, and a thing has the color of its middle', () => {
  const picture = boxed(200, 30, 30);
  const shares = colorShares(picture);
  expect(shares.map(({ name }) => name)).toEqual(['gray', 'red']);
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(colorOfThing(picture, { left: 14, top: 8, right: 50, bottom: 28 })).toBe('red');
});

test('a red thing with light on it is red, a pink one is pink', () => {
  const box = { left: 14, top: 8, right: 50, bottom: 28 };
  const withGlare = boxed(235, 165, 175);
  for (let y = 16; y < 22; y += 1) for (let x = 16; x < 48; x += 1) withGlare.data.set([190, 60, 80], (y * 64 + x) * 3);
  expect(colorOfThing(withGlare, box)).toBe('red');
  expect(colorOfThing(boxed(235, 165, 175), box)).toBe('pink');
});

test('a gray thing that stands before gray has no color, unless its motion sets it apart', () => {
  const box = { left: 16, top: 9, right: 48, bottom: 27 };
  const picture = boxed(150, 150, 150);
  expect(colorOfThing(picture, box)).toBeNull();
  expect(colorOfThing(picture, box, new Uint8Array(64 * 64).fill(1))).toBe('gray');
});

test('only cells of the foreground give a moving thing its color', () => {
  const picture = boxed(200, 30, 30);
  const around = { left: 0, top: 0, right: 64, bottom: 36 };
  const mask = new Uint8Array(64 * 64);
  for (let row = 16; row < 48; row += 1) mask.fill(1, row * 64 + 16, row * 64 + 48);
  expect(colorOfThing(picture, around, mask)).toBe('red');
  expect(colorShares(picture, around, mask).map(({ name }) => name)).toEqual(['red']);
});

test('a thing is dark only where most of it is', () => {
  const picture = boxed(15, 15, 15);
  for (let y = 9; y < 27; y += 1) for (let x = 31; x < 48; x += 1) picture.data.set([150, 150, 150], (y * 64 + x) * 3);
  expect(colorOfThing(picture, { left: 16, top: 9, right: 48, bottom: 27 })).toBeNull();
});
