import { expect, test } from 'vitest';
import { formatBytes, formatDuration, plural } from './format.ts';

test('bytes are shown in the unit that reads best', () => {
  expect([0, 999, 1536, 10 * 1024 ** 2, 250 * 1024 ** 3].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.5 KB',
    '10.0 MB',
    '250 GB',
  ]);
});

test('durations are rounded to what a person would say', () => {
  expect([0.2, 59, 61, 7260, Number.POSITIVE_INFINITY].map(formatDuration)).toEqual([
    '1 s',
    '59 s',
    '1 min',
    '2 h 1 min',
    '–',
  ]);
});

test('counts agree with their noun', () => {
  expect([plural(1, 'credit'), plural(0, 'credit'), plural(1200, 'video')]).toEqual([
    '1 credit',
    '0 credits',
    '1,200 videos',
  ]);
});
