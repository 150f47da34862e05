import { expect, test } from 'vitest';
import { filterText, isolated, isShown, parseFilter, toggled } from './filter.ts';

const ALL = parseFilter(null);
const shown = (filter: typeof ALL) => ['a', 'b', 'c'].filter((key) => isShown(filter, key)).join('');

test('hides one, then another, and shows them again', () => {
  const one = toggled(ALL, 'b');
  expect([shown(ALL), shown(one), shown(toggled(one, 'a')), shown(toggled(one, 'b'))]).toEqual([
    'abc',
    'ac',
    'c',
    'abc',
  ]);
});

test('isolates one, adds another to it, and shows all again', () => {
  const one = isolated(ALL, 'b');
  expect([shown(one), shown(toggled(one, 'c')), shown(isolated(one, 'b')), shown(toggled(one, 'b'))]).toEqual([
    'b',
    'bc',
    'abc',
    'abc',
  ]);
  expect(shown(isolated(toggled(one, 'c'), 'c'))).toBe('c');
});

test('survives the URL, which may hold anything', () => {
  for (const filter of [toggled(ALL, 'b'), isolated(ALL, 'a')]) {
    expect(shown(parseFilter(filterText(filter)))).toBe(shown(filter));
  }
  expect(filterText(ALL)).toBeNull();
  expect(['', 'only', 'most.a', '.'].map((text) => shown(parseFilter(text)))).toEqual(['abc', 'abc', 'abc', 'abc']);
});
