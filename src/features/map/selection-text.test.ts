import { expect, test } from 'vitest';
import { parseSelection, selectionText } from './selection-text.ts';

const polygon = [
  { x: 0.1, y: 0.2 },
  { x: 0.9, y: -0.25 },
  { x: 1.25, y: 1 },
];

test('shapes survive the URL to within a millionth, and a second time exactly', () => {
  const text = selectionText([
    { does: 'choose', polygon },
    { does: 'subtract', polygon: polygon.toReversed() },
    { does: 'add', polygon },
  ]);
  const read = parseSelection(text);
  expect(read.map(({ does }) => does)).toEqual(['choose', 'subtract', 'add']);
  read[0]?.polygon.forEach(({ x, y }, index) => {
    expect(x).toBeCloseTo(polygon[index]?.x ?? Number.NaN, 5);
    expect(y).toBeCloseTo(polygon[index]?.y ?? Number.NaN, 5);
  });
  expect(selectionText(read)).toBe(text);
});

test('nothing is null, and nonsense is nothing', () => {
  expect(selectionText([])).toBeNull();
  for (const text of [null, '', '*', '*abc', 'hello', '+00000000', '*<script>alert(1)</script>']) {
    expect(parseSelection(text)).toEqual([]);
  }
});
