import { expect, test } from 'vitest';
import { confirmObjects, type Sighting } from './confirm-objects.ts';

function detected(label: string, score: number, more: Partial<Sighting> = {}): Sighting {
  return { candidates: [{ label, score }], box: [0, 0, 40, 80], color: null, moving: false, isRegion: false, ...more };
}

/** A moving region and the classes that it may be of, with their scores. */
function region(...candidates: Sighting['candidates']): Sighting {
  return { candidates, box: [0, 0, 40, 80], color: null, moving: true, isRegion: true };
}

const getLabels = (segments: Parameters<typeof confirmObjects>[0]) =>
  confirmObjects(segments).map((objects) => objects.map(({ label }) => label));

test('a thing that one frame of three shows is dropped unless it is seen for sure', () => {
  expect(getLabels([[[detected('frisbee', 0.55)], [], []]])).toEqual([[]]);
  expect(getLabels([[[detected('frisbee', 0.65)], [], []]])).toEqual([['frisbee']]);
  expect(getLabels([[[detected('cup', 0.45)], [detected('cup', 0.42)], []]])).toEqual([['cup']]);
});

test('the only examined frame of a still segment is enough', () =>
  expect(getLabels([[[detected('bottle', 0.46)]]])).toEqual([['bottle']]));

test('a moving region is what occurs in the video before what its best class says', () => {
  const blurred = region({ label: 'boat', score: 0.24 }, { label: 'car', score: 0.12 });
  expect(getLabels([[[blurred], [], []]])).toEqual([[]]);
  expect(getLabels([[[blurred], [], []], [[detected('car', 0.7)]]])).toEqual([['car'], ['car']]);
});

test('a weak moving region is confirmed by a second frame', () => {
  const weak = region({ label: 'dog', score: 0.17 });
  expect(getLabels([[[weak], [], []]])).toEqual([[]]);
  expect(getLabels([[[weak], [weak], []]])).toEqual([['dog']]);
});

test('a boat, a train and an airplane need a strong region', () => {
  const train = (score: number) => region({ label: 'train', score });
  expect(getLabels([[[train(0.4)], [train(0.4)], []]])).toEqual([[]]);
  expect(getLabels([[[train(0.55)], [], []]])).toEqual([['train']]);
});

test('a count that differs between frames is marked, frames without the thing aside', () => {
  const bottle = detected('bottle', 0.5);
  const [objects] = confirmObjects([[[bottle, bottle, bottle], [bottle, bottle], []]]);
  expect(objects).toMatchObject([{ label: 'bottle', count: 3, countVaries: true }]);
  const [stable] = confirmObjects([[[bottle, bottle, bottle], [bottle, bottle, bottle], []]]);
  expect(stable?.[0]).not.toHaveProperty('countVaries');
});

test('two things of different colors keep their colors, and several have one only when most share it', () => {
  const car = (color: string) => detected('car', 0.6, { color });
  expect(confirmObjects([[[car('red'), car('gray')]]])).toMatchObject([[{ color: null, colors: ['red', 'gray'] }]]);
  expect(confirmObjects([[[car('red'), car('red'), car('gray')]]])).toMatchObject([[{ count: 3, color: 'red' }]]);
  expect(confirmObjects([[[car('red'), car('blue'), car('gray')]]])).toMatchObject([[{ count: 3, color: null }]]);
});

test('a thing that stays in its place while something passes it does not move', () => {
  const at = (left: number) => detected('person', 0.7, { box: [left, 0, left + 40, 80], moving: true });
  expect(confirmObjects([[[at(0)], [at(4)], []]])).toMatchObject([[{ moving: false }]]);
  expect(confirmObjects([[[at(0)], [at(60)], []]])).toMatchObject([[{ moving: true }]]);
});

test('weak detections of one class confirm one another when they are many in several frames', () => {
  const bowls = (count: number) => Array.from({ length: count }, () => detected('bowl', 0.24, { isWeak: true }));
  expect(confirmObjects([[bowls(6), bowls(3), []]])).toMatchObject([[{ label: 'bowl', count: 6, countVaries: true }]]);
  expect(getLabels([[bowls(6), bowls(2), []]])).toEqual([[]]);
  expect(getLabels([[bowls(4), bowls(4), bowls(4)]])).toEqual([[]]);
});
