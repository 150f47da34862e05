import { expect, test } from 'vitest';
import { findLabels } from './find-labels.ts';
import { WordNet } from './wordnet.ts';

test.each([
  ['Is there an automobile?', ['car']],
  ['What do the women and children do?', ['person']],
  ['Where is the dining table?', ['dining table']],
  ['Is it indoors?', []],
] as const)('%s', async (question, labels) => expect(findLabels(await WordNet.load(), question)).toEqual(labels));
