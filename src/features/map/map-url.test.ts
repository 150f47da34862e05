import { expect, test } from 'vitest';
import { WHOLE } from '#engines/scatter/camera.ts';
import {
  formatFilter,
  formatSelection,
  formatView,
  isolateEntry,
  isShown,
  parseFilter,
  parseSelection,
  parseView,
  toggleEntry,
} from './map-url.ts';

const ALL = parseFilter(null);
const shown = (filter: typeof ALL) => ['a', 'b', 'c'].filter((key) => isShown(filter, key)).join('');

test('hides one, then another, and shows them again', () => {
  const one = toggleEntry(ALL, 'b');
  expect([shown(ALL), shown(one), shown(toggleEntry(one, 'a')), shown(toggleEntry(one, 'b'))]).toEqual([
    'abc',
    'ac',
    'c',
    'abc',
  ]);
});

test('isolates one, adds another to it, and shows all again', () => {
  const one = isolateEntry(ALL, 'b');
  expect([
    shown(one),
    shown(toggleEntry(one, 'c')),
    shown(isolateEntry(one, 'b')),
    shown(toggleEntry(one, 'b')),
  ]).toEqual(['b', 'bc', 'abc', 'abc']);
  expect(shown(isolateEntry(toggleEntry(one, 'c'), 'c'))).toBe('c');
});

test('survives the URL, which may hold anything', () => {
  for (const filter of [toggleEntry(ALL, 'b'), isolateEntry(ALL, 'a')]) {
    expect(shown(parseFilter(formatFilter(filter)))).toBe(shown(filter));
  }
  expect(formatFilter(ALL)).toBeNull();
  expect(['', 'only', 'most.a', '.'].map((text) => shown(parseFilter(text)))).toEqual(['abc', 'abc', 'abc', 'abc']);
});

const polygon = [
  { x: 0.1, y: 0.2 },
  { x: 0.9, y: -0.25 },
  { x: 1.25, y: 1 },
];

test('shapes survive the URL to within a millionth, and a second time exactly', () => {
  const text = formatSelection([
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
  expect(formatSelection(read)).toBe(text);
});

test('nothing is null, and nonsense is nothing', () => {
  expect(formatSelection([])).toBeNull();
  for (const text of [null, '', '*', '*abc', 'hello', '+00000000', '*<script>alert(1)</script>']) {
    expect(parseSelection(text)).toEqual([]);
  }
});

test('a view survives the URL; the whole map needs none', () => {
  const view = { x: 0.1234, y: 0.9876, zoom: 12.5 };
  expect(parseView(formatView(view))).toEqual(view);
  expect(formatView(WHOLE)).toBeNull();
  expect(formatView({ ...WHOLE, x: 0.500_01 })).toBeNull();
});

test('anything else is the whole map', () => {
  for (const text of [null, '', '1', 'a,b,c', '0.5,0.5,0', '0.5,0.5,1e9', '99,0,1', '0.5,0.5,NaN']) {
    expect(parseView(text)).toEqual(WHOLE);
  }
});
