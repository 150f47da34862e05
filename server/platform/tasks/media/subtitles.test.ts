import { expect, test } from 'vitest';
import { parseTimedText } from './subtitles.ts';

const withLength = (bytes: readonly number[]) => Buffer.from([0, bytes.length, ...bytes]);

test('timed text is UTF-8, or UTF-16 by its mark, also where its last character is cut off', () => {
  expect(parseTimedText(withLength([...Buffer.from('Grün')]))).toBe('Grün');
  expect(parseTimedText(withLength([0xfe, 0xff, 0x00, 0x41, 0x20, 0x1e]))).toBe('A„');
  expect(parseTimedText(withLength([0xfe, 0xff, 0x00, 0x41, 0x00]))).toMatch(/^A/);
});
