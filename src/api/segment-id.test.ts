import { expect, test } from 'vitest';
import { segmentRowId } from './segment-id.ts';

// What Python's uuid.uuid5(uuid.NAMESPACE_URL, "a249266f-052d-4148-bc2f-3efa76dc4269|00:00:00|00:00:05") gives.
test('row ids are those of the SDK document', async () => {
  expect(await segmentRowId('a249266f-052d-4148-bc2f-3efa76dc4269', '00:00:00', '00:00:05')).toBe(
    '924f13e0-986c-547c-993b-9e4bc0cc62e5',
  );
});
