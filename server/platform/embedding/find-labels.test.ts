import { expect, test } from 'vitest';
import { findLabels } from './find-labels.ts';
import { WordNet } from './wordnet.ts';

test.each([
  ['Is there an automobile?', ['car']],
  ['What do the women and children do?', ['person']],
  ['Where is the dining table?', ['dining table']],
  ['What do the men do?', ['person']],
  ['Is there a hot dog?', ['hot dog']],
  ['How many traffic lights and wine glasses are there?', ['traffic light', 'wine glass']],
  ['A dog beside a teddy bear', ['dog', 'teddy bear']],
  ['Is it indoors?', []],
] as const)('%s', async (question, labels) => expect(findLabels(await WordNet.load(), question)).toEqual(labels));
