import { expect, test } from 'vitest';
import { keepKnown, move, NOTHING_SELECTED, press, selectAll } from './use-selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const getChosen = ({ chosen }: { chosen: ReadonlySet<string> }) => [...chosen].sort().join('');

test('a press chooses one, with toggle more or less, with range all from the anchor', () => {
  const one = press(NOTHING_SELECTED, ids, 'b');
  expect(getChosen(one)).toBe('b');
  const two = press(one, ids, 'd', { toggle: true });
  expect(getChosen(two)).toBe('bd');
  expect(getChosen(press(two, ids, 'b', { toggle: true }))).toBe('d');
  expect(getChosen(press(one, ids, 'e', { range: true }))).toBe('bcde');
  const range = press(press(one, ids, 'e', { range: true }), ids, 'a', { range: true });
  expect(getChosen(range)).toBe('ab');
  expect(getChosen(press(two, ids, 'e', { range: true, toggle: true }))).toBe('bde');
});

test('the keyboard moves the focus, and with shift the end of the range', () => {
  const start = move(NOTHING_SELECTED, ids, 1, false);
  expect([start.focus, getChosen(start)]).toEqual(['a', '']);
  const down = move(move(press(start, ids, 'b'), ids, 1, true), ids, 1, true);
  expect(getChosen(down)).toBe('bcd');
  expect(getChosen(move(down, ids, -1, true))).toBe('bc');
  expect(move(down, ids, 99, false).focus).toBe('e');
});

test('what is gone from the list is gone from the selection', () => {
  expect(getChosen(keepKnown(selectAll(NOTHING_SELECTED, ids), ['a', 'c']))).toBe('ac');
});
