import { expect, test } from 'vitest';
import { fitBox, MARGINS, toAffine, toData, toPixels, toTransform, toView, WHOLE } from './camera.ts';

test('the whole map fills the element up to its margins, upwards', () => {
  const affine = toAffine(toTransform(WHOLE, 900, 600), 900, 600);
  expect(toPixels(affine, { x: 0, y: 0 })).toEqual({ x: MARGINS.side, y: 600 - MARGINS.bottom });
  expect(toPixels(affine, { x: 1, y: 1 })).toEqual({ x: 900 - MARGINS.side, y: MARGINS.top });
});

test('a view is the same in an element of any size', () => {
  const view = { x: 0.3, y: 0.8, zoom: 7.5 };
  for (const [width, height] of [
    [900, 600],
    [390, 844],
  ] as const) {
    const seen = toView(toTransform(view, width, height), width, height);
    for (const key of ['x', 'y', 'zoom'] as const) expect(seen[key]).toBeCloseTo(view[key], 9);
    const middle = toPixels(toAffine(toTransform(view, width, height), width, height), view);
    expect(middle.x).toBeCloseTo(width / 2, 9);
    expect(middle.y).toBeCloseTo((height + MARGINS.top - MARGINS.bottom) / 2, 9);
  }
});

test('pixels and data undo each other', () => {
  const affine = toAffine(toTransform({ x: 0.1, y: 0.2, zoom: 3 }, 800, 500), 800, 500);
  const place = toData(affine, toPixels(affine, { x: 0.42, y: 0.24 }));
  expect(place.x).toBeCloseTo(0.42, 9);
  expect(place.y).toBeCloseTo(0.24, 9);
});

test('a box is looked at from as near as it fits, a single point not from nowhere', () => {
  expect(fitBox({ x: 0.2, y: 0.2 }, { x: 0.4, y: 0.3 })).toMatchObject({ y: 0.25, zoom: 4 });
  expect(fitBox({ x: 0.2, y: 0.2 }, { x: 0.2, y: 0.2 }).zoom).toBe(40);
});
