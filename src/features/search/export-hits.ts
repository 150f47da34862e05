import type { SearchHit } from '#api/contracts/search.ts';
import { readSegmentTimes } from '#api/segment-times.ts';
import { csvOf } from '#lib/csv.ts';
import { textOf } from '#lib/text-of.ts';
import { formatTimecode } from '#lib/time.ts';

/** A hit and the name of its video. */
export interface NamedHit {
  readonly hit: SearchHit;
  readonly name: string;
}

/** `HH:MM:SS.mmm`. */
const timesOf = (hit: SearchHit) => {
  const { start, end } = readSegmentTimes(hit);
  return { start: formatTimecode(start), end: formatTimecode(end) };
};

const HEADER = ['rank', 'video_id', 'video', 'start', 'end', 'score', 'text'];

/** Hits as a table; no score where the platform tells none. */
export const hitsAsCsv = (rows: readonly NamedHit[]): string =>
  csvOf(
    HEADER,
    rows.map(({ hit, name }) => [
      hit.rank,
      hit.video_id,
      name,
      ...Object.values(timesOf(hit)),
      hit.score ?? '',
      textOf(hit) ?? '',
    ]),
  );

/** The same; signed links, which expire, are left out. */
export const hitsAsJson = (query: string, rows: readonly NamedHit[]): string =>
  `${JSON.stringify(
    {
      query,
      hits: rows.map(({ hit, name }) => ({
        rank: hit.rank,
        video_id: hit.video_id,
        video: name,
        ...timesOf(hit),
        score: hit.score ?? null,
        text: textOf(hit),
      })),
    },
    null,
    2,
  )}\n`;
