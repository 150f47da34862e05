import { expect, test } from 'vitest';
import { WordNet } from './wordnet.ts';

test('knows words for the same thing', async () => {
  const words = await WordNet.load();
  expect(words.areSynonyms('automobile', 'car')).toBe(true);
  expect(words.areSynonyms('people', 'person')).toBe(true);
  expect(words.areSynonyms('bottles', 'bottle')).toBe(true);
  expect(words.areSynonyms('dog', 'cat')).toBe(false);
});

test('knows kinds of things', async () => {
  const words = await WordNet.load();
  expect(words.isKindOf('children', 'juvenile')).toBe(true);
  expect(words.isKindOf('women', 'adult')).toBe(true);
  expect(words.isKindOf('cyclist', 'person')).toBe(true);
  expect(words.isKindOf('cyclist', 'adult')).toBe(false);
  expect(words.isKindOf('table', 'person')).toBe(false);
});
