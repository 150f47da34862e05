import { expect, test } from 'vitest';
import { getNamedLanguage } from './routes.ts';
import { parseSubtitleFile, SubtitleFileError } from './subtitle-file.ts';

const parse = (text: string) => parseSubtitleFile(new TextEncoder().encode(text));

test('reads SubRip, also without empty lines and with tags', () => {
  expect(
    parse('1\r\n00:00:01,500 --> 00:00:02,000\r\n<i>Two</i>\r\nlines\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nNext'),
  ).toEqual([
    { start: 1.5, end: 2, text: 'Two\nlines' },
    { start: 3, end: 4, text: 'Next' },
  ]);
});

test('reads WebVTT with settings, notes and entities', () => {
  const text = 'WEBVTT\n\nNOTE nothing\n\nid\n00:01.000 --> 01:00:02.500 align:start\n<v Ann>Fish &amp; chips\n';
  expect(parse(text)).toEqual([{ start: 1, end: 3602.5, text: 'Fish & chips' }]);
});

test('reads SubStation Alpha events', () => {
  const text =
    '[Script Info]\nTitle: x\n[Events]\nFormat: Layer, Start, End, Style\nDialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\b1}One, two\\Nthree\nComment: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,No\n';
  expect(parse(text)).toEqual([{ start: 1, end: 2.5, text: 'One, two\nthree' }]);
});

test('puts cues in order, and gives those an end that have none', () => {
  const cue = (times: string, text: string) => `${times}\n${text}\n\n`;
  const text = [
    cue('00:10.000 --> 00:09.000', 'backward'),
    cue('00:01.000 --> 00:06.000', 'overlaps'),
    cue('00:02.000 --> 00:03.000', 'overlapped'),
    cue('00:04.000 --> 00:05.000', '<b></b>'),
    cue('00:12.000 --> 00:13.000', 'last'),
  ].join('');
  expect(parse(text).map(({ start, end, text: said }) => [start, end, said])).toEqual([
    [1, 6, 'overlaps'],
    [2, 3, 'overlapped'],
    [10, 12, 'backward'],
    [12, 13, 'last'],
  ]);
});

test('reads other encodings than UTF-8', () => {
  const text = '00:01.000 --> 00:02.000\nCafé für alle\n';
  expect(parseSubtitleFile(Buffer.from(text, 'latin1'))[0]?.text).toBe('Café für alle');
  expect(parseSubtitleFile(Buffer.from(`\ufeff${text}`, 'utf16le'))[0]?.text).toBe('Café für alle');
  expect(parseSubtitleFile(Buffer.from(`\ufeff${text}`, 'utf8'))[0]?.text).toBe('Café für alle');
});

test.each([
  ['nothing', ''],
  ['no subtitles', 'Dear all,\nplease find attached …'],
  ['times without text', '00:01.000 --> 00:02.000\n\n'],
])('refuses a file that holds %s', (_what, text) => {
  expect(() => parse(text)).toThrow(SubtitleFileError);
});

test('takes fifty thousand cues and no more', () => {
  const file = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const time = new Date(index * 1000).toISOString().slice(11, 23);
      return `${time} --> ${time}\nx\n`;
    }).join('\n');
  expect(parse(file(50_000))).toHaveLength(50_000);
  expect(() => parse(file(50_001))).toThrow(/50001 subtitles; at most 50000/);
});

test.each([
  ['clip.en.srt', 'en'],
  ['clip.pt-BR.vtt', 'pt-BR'],
  ['clip.ger.srt', 'de'],
  ['clip.srt', null],
  ['Talk No. 5.srt', null],
])('the name %j says the language %j', (name, language) => {
  expect(getNamedLanguage(name)).toBe(language);
});
