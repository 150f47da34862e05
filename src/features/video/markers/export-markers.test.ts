import { expect, test } from 'vitest';
import { frameTimecode, toCsv, toEdl, toJson } from './export-markers.ts';

const rows = [
  { start: 1, end: 2.5, note: 'a red car, "parked"' },
  { start: 3661.04, end: 3661.04, note: '=HYPERLINK("x")' },
];

test('CSV quotes what needs it, and no note becomes a formula', () => {
  expect(toCsv(rows.map((row) => ({ ...row, videoId: 'v', video: 'T' })))).toBe(
    [
      'video_id,video,start,end,note',
      'v,T,00:00:01.000,00:00:02.500,"a red car, ""parked"""',
      `v,T,01:01:01.040,01:01:01.040,"'=HYPERLINK(""x"")"`,
      '',
    ].join('\r\n'),
  );
});

test('JSON holds seconds, to the millisecond', () => {
  const [mark] = JSON.parse(
    toJson({ videoId: 'v', title: 'T' }, [{ start: 27.880000000000003, end: 28, note: '' }]),
  ).marks;
  expect(mark.start).toBe(27.88);
  expect(JSON.parse(toJson({ videoId: 'v', title: 'T' }, rows))).toEqual({ video_id: 'v', title: 'T', marks: rows });
});

test('an edit list has every range as a cut, one after the other', () => {
  expect(toEdl('Straße – 4', rows, 0.04).split('\r\n')).toEqual([
    'TITLE: Stra e 4',
    'FCM: NON-DROP FRAME',
    '',
    '001  AX       V     C        00:00:01:00 00:00:02:13 01:00:00:00 01:00:01:13',
    '* FROM CLIP NAME: Stra e 4',
    '* COMMENT: a red car, "parked"',
    '002  AX       V     C        01:01:01:01 01:01:01:02 01:00:01:13 01:00:01:14',
    '* FROM CLIP NAME: Stra e 4',
    '* COMMENT: =HYPERLINK("x")',
    '',
  ]);
});

test('29.97 frames a second count as thirty, without drops', () => {
  expect(toEdl('T', [{ start: 0, end: 60.06, note: '' }], 1001 / 30_000)).toContain(
    '00:00:00:00 00:01:00:00 01:00:00:00 01:01:00:00',
  );
  expect(frameTimecode(30 * 3600 * 10 - 1, 30)).toBe('09:59:59:29');
});
