import { expect, test } from 'vitest';
import { placeLabels } from './label-layout.ts';

const outline = (label: string, x: number, y: number) => ({ label, at: { x, y }, rings: [], color: 'red' });
const space = {
  width: 400,
  height: 300,
  obstacles: [],
  measure: (text: string) => text.length * 10,
  toPixels: (place: { x: number; y: number }) => place,
};
const place = (outlines: ReturnType<typeof outline>[], more: Partial<Parameters<typeof placeLabels>[1]> = {}) =>
  placeLabels(outlines, { ...space, ...more });

test('a label stands above its outline, and inside the plot', () => {
  expect(place([outline('cars', 200, 150)])).toEqual([{ label: 'cars', x: 200, y: 144 }]);
  expect(place([outline('cars', 2, 3)])).toEqual([{ label: 'cars', x: 24, y: 16 }]);
  expect(place([outline('cars', 399, 150)])[0]?.x).toBe(376);
});

test('a label goes beside a tool that would cover it', () => {
  const tool = { left: 300, top: 10, right: 390, bottom: 50 };
  const [label] = place([outline('cars', 340, 40)], { obstacles: [tool] });
  expect(label?.y).toBeGreaterThan(tool.bottom);
  expect(label?.x).toBe(340);
});

test('the first label stands, one that would lie on it is left out', () => {
  expect(place([outline('cars', 200, 150), outline('people', 205, 152)]).map(({ label }) => label)).toEqual(['cars']);
});

test('an outline out of sight has no label', () => {
  expect(place([outline('cars', -20, 150), outline('people', 200, 400)])).toEqual([]);
});
