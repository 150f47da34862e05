import { expect, test } from 'vitest';
import { pickParts } from './part-list.ts';

test.each([
  ['is missing', [{ part_number: 2, etag: 'x' }], 'Part 2 has not been uploaded.'],
  ['is another one', [{ part_number: 1, etag: '"0"' }], 'Part 1 has another ETag than the one listed.'],
  [
    'is listed twice',
    [
      { part_number: 1, etag: 'a' },
      { part_number: 1, etag: 'a' },
    ],
    'Parts must be listed in ascending order, each once.',
  ],
])('refuses a list of parts in which one %s', (_title, listed, message) => {
  const stored = [{ part_number: 1, etag: '"a"', bytes: 1, file: '1-a' }];
  expect(() => pickParts(stored, listed)).toThrow(expect.objectContaining({ status: 400, message }));
});
