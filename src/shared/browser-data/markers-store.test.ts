import { expect, test, vi } from 'vitest';
import { forgetMarkers, getMarkers, markerActions, useMarkers } from './markers-store.ts';

const of = (videoId: string) => getMarkers(useMarkers.getState(), videoId);

test('what is set while the browser still reads is set when it has read', async () => {
  markerActions.setIn('a', 3);
  await vi.waitFor(() => expect(of('a').in).toBe(3));
});

test('a point that would turn the range around takes the other away', async () => {
  const { setIn, setOut } = markerActions;
  setIn('b', 3);
  setOut('b', 5);
  await vi.waitFor(() => expect(of('b')).toMatchObject({ in: 3, out: 5 }));
  setIn('b', 7);
  expect(of('b')).toMatchObject({ in: 7, out: null });
  setOut('b', 4);
  expect(of('b')).toMatchObject({ in: null, out: 4 });
});

test('marks lie in the order of the video, and a removed one can be put back', () => {
  const { add, note, remove, restore } = markerActions;
  add('c', 8, 9);
  add('c', 2, 4, 'first');
  expect(of('c').marks.map(({ start }) => start)).toEqual([2, 8]);
  const [first, second] = of('c').marks;
  if (!first || !second) throw new Error('There are two marks.');
  note('c', second.id, 'second');
  remove('c', first.id);
  expect(of('c').marks.map((mark) => mark.note)).toEqual(['second']);
  restore('c', first);
  expect(of('c').marks.map((mark) => mark.note)).toEqual(['first', 'second']);
});

test('marks of a deleted video are forgotten, and no others', async () => {
  const { add } = markerActions;
  add('gone', 1, 2);
  add('here', 1, 2);
  await vi.waitFor(() => expect(of('here').marks).toHaveLength(1));
  await forgetMarkers(['gone', 'never seen']);
  expect(of('gone').marks).toEqual([]);
  expect(of('here').marks).toHaveLength(1);
});
