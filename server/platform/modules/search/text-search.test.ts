import { expect, test } from 'vitest';
import { holdsPhrases, parseTextQuery } from './text-search.ts';

test.each([
  ['where is the forklift', ['forklift'], []],
  ['Part AX-4711, please', ['part', 'ax-4711', 'please'], []],
  ['"emergency  exit" sign', ['sign'], ['emergency exit']],
  ['the “red door”', ['the'], ['red door']],
  ['to be or not to be', ['to', 'be', 'or', 'not'], []],
  ['größe Größe', ['größe'], []],
  ['"', [], []],
  ['""', [], []],
])('%j looks for %j and the phrases %j', (query, words, phrases) => {
  expect(parseTextQuery(query)).toEqual({ words, phrases });
});

test('a phrase occurs as given, apart from case and line breaks', () => {
  expect(holdsPhrases('Use the EMERGENCY\nExit.', ['emergency exit'])).toBe(true);
  expect(holdsPhrases('Exit in an emergency', ['emergency exit'])).toBe(false);
  expect(holdsPhrases('anything', [])).toBe(true);
});
