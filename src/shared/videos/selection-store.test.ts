import { expect, test } from 'vitest';
import { keepKnown, move, NOTHING_SELECTED, press, selectAll } from './selection-store.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const chosenOf = ({ chosen }: { chosen: ReadonlySet<string> }) => [...chosen].sort().join('');

test('a press chooses one, with toggle more or less, with range all from the anchor', () => {
  const one = press(NOTHING_SELECTED, ids, 'b');
  expect(chosenOf(one)).toBe('b');
  const two = press(one, ids, 'd', { toggle: true });
  expect(chosenOf(two)).toBe('bd');
  expect(chosenOf(press(two, ids, 'b', { toggle: true }))).toBe('d');
  expect(chosenOf(press(one, ids, 'e', { range: true }))).toBe('bcde');
  const range = press(press(one, ids, 'e', { range: true }), ids, 'a', { range: true });
  expect(chosenOf(range)).toBe('ab');
  expect(chosenOf(press(two, ids, 'e', { range: true, toggle: true }))).toBe('bde');
});

test('the keyboard moves the focus, and with shift the end of the range', () => {
  const start = move(NOTHING_SELECTED, ids, 1, false);
  expect([start.focus, chosenOf(start)]).toEqual(['a', '']);
  const down = move(move(press(start, ids, 'b'), ids, 1, true), ids, 1, true);
  expect(chosenOf(down)).toBe('bcd');
  expect(chosenOf(move(down, ids, -1, true))).toBe('bc');
  expect(move(down, ids, 99, false).focus).toBe('e');
});

test('what is gone from the list is gone from the selection', () => {
  expect(chosenOf(keepKnown(selectAll(NOTHING_SELECTED, ids), ['a', 'c']))).toBe('ac');
});
