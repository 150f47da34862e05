import { expect, test } from 'vitest';
import { askedState, getAskedScope, useRecentSearches, wasAsked } from './recent-searches-store.ts';

test('the newest comes first, each is there once, and the oldest go', () => {
  const { add, remove, clear } = useRecentSearches.getState();
  for (let index = 0; index < 14; index += 1) add(`query ${index}`);
  add('query 5');
  const { queries } = useRecentSearches.getState();
  expect(queries).toHaveLength(12);
  expect(queries.slice(0, 3)).toEqual(['query 5', 'query 13', 'query 12']);
  remove('query 13');
  expect(useRecentSearches.getState().queries).not.toContain('query 13');
  clear();
  expect(useRecentSearches.getState().queries).toEqual([]);
});

test('a search runs by itself only in the page load in which it was started', () => {
  expect(wasAsked(askedState())).toBe(true);
  expect(wasAsked({ asked: performance.timeOrigin - 5 })).toBe(false);
  for (const state of [null, undefined, 'asked', {}, { asked: true }]) expect(wasAsked(state)).toBe(false);
});

test('the scope that was searched is known in this page load only', () => {
  const scope = { videoIds: ['a'] };
  expect(getAskedScope(askedState(scope))).toEqual(scope);
  expect(getAskedScope(askedState())).toBeUndefined();
  expect(getAskedScope({ asked: 1, scope })).toBeUndefined();
});
