import { expect, test } from 'vitest';
import { applyChanges, choiceParameter, textParameter, toChange } from './url-state.ts';

const VIEW = choiceParameter('view', ['map', 'table'], 'map');
const QUERY = textParameter('q');

test('a word that is not known reads as the fallback, which the URL leaves out', () => {
  expect([null, '', 'table', 'list'].map(VIEW.parse)).toEqual(['map', 'map', 'table', 'map']);
  expect([VIEW.format('map'), VIEW.format('table')]).toEqual([null, 'table']);
});

test('changes several parameters at once, takes out those without a text, and leaves the others', () => {
  const search = new URLSearchParams('in=a,b&view=table&q=dog');
  const next = applyChanges(search, [toChange(VIEW, 'map'), toChange(QUERY, 'red car')]);
  expect(next.toString()).toBe('in=a%2Cb&q=red+car');
  expect(search.get('view')).toBe('table');
});
