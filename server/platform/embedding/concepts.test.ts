import { beforeAll, expect, test } from 'vitest';
import { findConcepts } from './concepts.ts';
import { WordNet } from './wordnet.ts';

let words: WordNet;
beforeAll(async () => {
  words = await WordNet.load();
});

test.each([
  ['a red car', [['car', 'red']]],
  [
    'a grey dog and a white cat',
    [
      ['dog', 'gray'],
      ['cat', 'white'],
    ],
  ],
  ['a car that is blue', [['car', 'blue']]],
  ['red', [['red', null]]],
  [
    'an empty white room',
    [
      ['empty', null],
      ['room', 'white'],
    ],
  ],
] as const)('%s', (text, things) =>
  expect(findConcepts(words, text).map(({ noun, color }) => [noun, color])).toEqual(things),
);
