import { expect, test } from 'vitest';
import { askedState, wasAsked } from './asked.ts';

test('a search runs by itself only in the page load in which it was started', () => {
  expect(wasAsked(askedState())).toBe(true);
  expect(wasAsked({ asked: performance.timeOrigin - 5 })).toBe(false);
  for (const state of [null, undefined, 'asked', {}, { asked: true }]) expect(wasAsked(state)).toBe(false);
});
