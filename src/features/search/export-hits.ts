import type { SearchHit } from '#api/contracts/search.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { formatTimecode } from '#lib/time.ts';
import type { Verdict } from '#shared/browser-data/reviews-store.ts';
import { formatCsv } from '#ui/save-file.ts';

/** A hit, the name of its video and what a person has decided about it. */
export interface ExportedHit {
  readonly hit: SearchHit;
  readonly name: string;
  readonly verdict: Verdict | null;
}

/** `HH:MM:SS.mmm`. */
const getTimes = (hit: SearchHit) => {
  const { start, end } = readSegmentTimes(hit);
  return { start: formatTimecode(start), end: formatTimecode(end) };
};

const HEADER = ['rank', 'video_id', 'video', 'start', 'end', 'score', 'text', 'verdict'];

/** Hits as a table; no score where the platform tells none. */
export const hitsAsCsv = (rows: readonly ExportedHit[]): string =>
  formatCsv(
    HEADER,
    rows.map(({ hit, name, verdict }) => {
      const { start, end } = getTimes(hit);
      return [hit.rank, hit.video_id, name, start, end, hit.score ?? '', getText(hit) ?? '', verdict ?? ''];
    }),
  );

/** The same; signed links, which expire, are left out. */
export const hitsAsJson = (query: string, rows: readonly ExportedHit[]): string =>
  `${JSON.stringify(
    {
      query,
      hits: rows.map(({ hit, name, verdict }) => ({
        rank: hit.rank,
        video_id: hit.video_id,
        video: name,
        ...getTimes(hit),
        score: hit.score ?? null,
        text: getText(hit),
        verdict,
      })),
    },
    null,
    2,
  )}\n`;
