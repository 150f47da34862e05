import { expect, test } from 'vitest';
import { hitsAsCsv, hitsAsJson } from './export-hits.ts';

const rows = [
  {
    hit: {
      rank: 1,
      video_id: 'v',
      start: '00:00:01',
      end: '00:00:04',
      start_ms: 1040,
      end_ms: 4000,
      score: 0.5,
      text: 'a car, "red"',
    },
    name: '=Street',
    verdict: 'kept',
  },
  { hit: { rank: 2, video_id: 'v', start: '00:00:08', end: '00:00:09' }, name: 'Street', verdict: null },
] as const;

test('a spreadsheet gets a table, and no name becomes a formula', () => {
  expect(hitsAsCsv(rows).split('\r\n')).toEqual([
    'rank,video_id,video,start,end,score,text,verdict',
    `1,v,'=Street,00:00:01.040,00:00:04.000,0.5,"a car, ""red""",kept`,
    '2,v,Street,00:00:08.000,00:00:09.000,,,',
    '',
  ]);
});

test('programs get the same', () => {
  const { query, hits } = JSON.parse(hitsAsJson('car', rows));
  expect(query).toBe('car');
  expect(hits[1]).toEqual({
    rank: 2,
    video_id: 'v',
    video: 'Street',
    start: '00:00:08.000',
    end: '00:00:09.000',
    score: null,
    text: null,
    verdict: null,
  });
});
