import { expect, test } from 'vitest';
import { parseRecordingDate } from './recording-date.ts';

const NOW = Date.parse('2026-03-14T12:00:00Z');

test.each([
  ['2024-05-01T10:20:30.000000Z', '2024-05-01T10:20:30.000Z'],
  ['2024-05-01 10:20:30', '2024-05-01T10:20:30.000Z'],
  ['2024-05-01T12:20:30+0200', '2024-05-01T10:20:30.000Z'],
  ['2024-05-01', '2024-05-01T00:00:00.000Z'],
  ['2026-03-15T11:00:00Z', '2026-03-15T11:00:00.000Z'],
  ['2026-03-15T13:00:00Z', null],
  ['1904-01-01T00:00:00.000000Z', null],
  ['1970-01-01T00:00:00.000000Z', null],
  ['last summer', null],
  ['', null],
  [undefined, null],
])('%j was recorded at %j', (creationTime, recordedAt) => {
  expect(parseRecordingDate(creationTime, NOW)).toBe(recordedAt);
});
