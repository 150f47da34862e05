import { expect, test } from 'vitest';
import { WordNet } from './wordnet.ts';

test('knows words for the same thing', async () => {
  const words = await WordNet.load();
  expect(words.areSynonyms('automobile', 'car')).toBe(true);
  expect(words.areSynonyms('people', 'person')).toBe(true);
  expect(words.areSynonyms('bottles', 'bottle')).toBe(true);
  expect(words.areSynonyms('dog', 'cat')).toBe(false);
});
