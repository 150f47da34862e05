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

test.each([
  [
    'a person standing at a white table',
    [
      ['person', 'standing'],
      ['table', undefined],
    ],
  ],
  [
    'students who sit in a room',
    [
      ['students', 'sitting'],
      ['who', undefined],
      ['room', undefined],
    ],
  ],
  [
    'a crowded street',
    [
      ['street', undefined],
      ['person', 'many'],
    ],
  ],
  ['a crowd', [['person', 'many']]],
  ['somebody lying on the floor', [['somebody', 'lying']]],
  [
    'people who lie on a bed',
    [
      ['people', 'lying'],
      ['who', undefined],
      ['bed', undefined],
    ],
  ],
  ['raising hands', [['person', 'raising_hand']]],
  [
    'a man with his hands up',
    [
      ['man', 'raising_hand'],
      ['his', undefined],
    ],
  ],
  [
    'bending down',
    [
      ['down', undefined],
      ['person', 'bending'],
    ],
  ],
  ['smiling', [['person', 'smiling']]],
  [
    'two people talking face to face',
    [
      ['two', undefined],
      ['people', 'face_to_face'],
      ['talking', undefined],
    ],
  ],
  [
    'a woman standing who smiles',
    [
      ['woman', 'standing'],
      ['who', undefined],
      ['woman', 'smiling'],
    ],
  ],
  ['raise your right hand', [['person', 'raising_hand']]],
  [
    'both hands held up',
    [
      ['both', undefined],
      ['person', 'raising_hand'],
    ],
  ],
  ['somebody lying on a floor', [['somebody', 'lying']]],
  [
    'a bent road',
    [
      ['bent', undefined],
      ['road', undefined],
    ],
  ],
  // Of a flag nothing is said of people.
  [
    'raising a flag',
    [
      ['raising', undefined],
      ['flag', undefined],
    ],
  ],
] as const)('gives what people do to the people: %s', (text, things) =>
  expect(findConcepts(words, text).map(({ noun, attribute }) => [noun, attribute])).toEqual(things),
);
