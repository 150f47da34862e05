import type { SearchHit } from '#api/contracts/search.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { formatTimecode } from '#lib/time.ts';
import { formatCsv } from '#ui/save-file.ts';

/** A hit and the name of its video. */
export interface NamedHit {
  readonly hit: SearchHit;
  readonly name: string;
}

/** `HH:MM:SS.mmm`. */
const getTimes = (hit: SearchHit) => {
  const { start, end } = readSegmentTimes(hit);
  return { start: formatTimecode(start), end: formatTimecode(end) };
};

const HEADER = ['rank', 'video_id', 'video', 'start', 'end', 'score', 'text'];

/** Hits as a table; no score where the platform tells none. */
export const hitsAsCsv = (rows: readonly NamedHit[]): string =>
  formatCsv(
    HEADER,
    rows.map(({ hit, name }) => {
      const { start, end } = getTimes(hit);
      return [hit.rank, hit.video_id, name, start, end, hit.score ?? '', getText(hit) ?? ''];
    }),
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
        ...getTimes(hit),
        score: hit.score ?? null,
        text: getText(hit),
      })),
    },
    null,
    2,
  )}\n`;
