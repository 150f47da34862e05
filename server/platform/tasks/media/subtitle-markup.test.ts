import { expect, test } from 'vitest';
import { MATROSKA_ASS_FIELDS, toAssText, toMarkup, toPlainText } from './subtitle-markup.ts';

test.each([
  ['<i>quiet</i> <font color="#fff">zebra</font>', '<i>quiet</i> zebra', 'quiet zebra'],
  ['I <3 you', 'I &lt;3 you', 'I <3 you'],
  ['5 < 6 and 7 > 3', '5 &lt; 6 and 7 > 3', '5 < 6 and 7 > 3'],
  ['Salt & pepper', 'Salt &amp; pepper', 'Salt & pepper'],
])('“%s” as WebVTT and as plain text', (text, markup, plain) => {
  expect(toMarkup(text)).toBe(markup);
  expect(toPlainText(text)).toBe(plain);
});

const event = (text: string) => toAssText(`0,0,Default,,0,0,0,,${text}`, MATROSKA_ASS_FIELDS);

test('drawings and overrides of Advanced SubStation Alpha are no text', () => {
  expect(event(String.raw`{\an8\pos(1,2)}Left, right\Nand {\i1}up{\i0}`)).toBe('Left, right\nand up');
  expect(event(String.raw`{\p1}m 0 0 l 100 0 100 50 0 50{\p0}`)).toBe('');
  expect(event(String.raw`Before {\an7\p2}m 0 0 l 9 9{\p0}after`)).toBe('Before after');
});
