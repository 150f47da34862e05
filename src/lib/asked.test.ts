import { expect, test } from 'vitest';
import { askedState, getAskedScope, wasAsked } from './asked.ts';

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
