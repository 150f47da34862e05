import { expect, test } from 'vitest';
import { readVideosParameter, toVideosParameter, useVideoSets } from './video-sets-store.ts';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `video-${from + index}`);
const read = (parameter: string) => readVideosParameter(parameter, useVideoSets.getState().sets);

test('a few videos are named in the URL itself', () => {
  const parameter = toVideosParameter(ids(3));
  expect(parameter).toBe('video-0,video-1,video-2');
  expect(read(parameter)).toEqual({ videoIds: ids(3), isSet: false });
});

test('five thousand videos fit into a URL, and the same ones have the same address', () => {
  const parameter = toVideosParameter(ids(5_000));
  expect(parameter.length).toBeLessThan(20);
  expect(toVideosParameter(ids(5_000))).toBe(parameter);
  expect(read(parameter)).toEqual({ videoIds: ids(5_000), isSet: true });
});

test('a set of another browser has no videos', () => {
  expect(read('set-elsewhere')).toEqual({ videoIds: [], isSet: true });
  expect(readVideosParameter(null, [])).toEqual({ videoIds: [], isSet: false });
});

test('only the last sets are kept', () => {
  const parameters = Array.from({ length: 6 }, (_, index) => toVideosParameter(ids(200, index)));
  expect(parameters.map((parameter) => read(parameter).videoIds.length)).toEqual([0, 200, 200, 200, 200, 200]);
});
