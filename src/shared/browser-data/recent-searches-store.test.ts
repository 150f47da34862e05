import { expect, test } from 'vitest';
import { useRecentSearches } from './recent-searches-store.ts';

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
