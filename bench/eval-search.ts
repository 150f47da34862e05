import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { inParallel } from '../src/api/concurrency.ts';
import type { SearchHit } from '../src/api/contracts/search.ts';
import { readSegmentTimes } from '../src/api/segment-fields.ts';

/**
 * How well search finds things: uploads a folder through the API, runs its `queries.json`, and prints for each query
 * the rank of the first right hit beside what chance would give. Any overlap of a hit with a marked interval counts.
 */

const queriesSchema = z.array(
  z.object({ query: z.string(), relevant: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))) }),
);
type Marked = z.infer<typeof queriesSchema>[number];

const DEPTH = 5;
const MAX_HITS = 500;

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: npm run eval:search -- <folder with clips and queries.json>');
  process.exit(1);
}
const queries = queriesSchema.parse(JSON.parse(await readFile(path.join(folder, 'queries.json'), 'utf8')));
const files = [...new Set(queries.flatMap(({ relevant }) => Object.keys(relevant)))].sort();
const studio = await startStudio();
const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const fileByVideo = new Map<string, string>();
await inParallel(files, 2, async (file) => {
  const videoId = await uploadAndWait(client, path.join(folder, file), file);
  await processAndWait(client, videoId);
  fileByVideo.set(videoId, file);
});
const videoIds = [...fileByVideo.keys()];

function isRight({ relevant }: Marked, hit: SearchHit): boolean {
  const marked = relevant[fileByVideo.get(hit.video_id) ?? ''] ?? [];
  const { start, end } = readSegmentTimes(hit);
  return marked.some(([from, to]) => start < to && end > from);
}

/** The chance that one of `DEPTH` segments drawn at random is right. */
function getChance(right: number, all: number): number {
  let miss = 1;
  for (let draw = 0; draw < Math.min(DEPTH, all); draw += 1) miss *= Math.max(0, all - right - draw) / (all - draw);
  return 1 - miss;
}

const rows: { query: string; rank: number; chance: number; top: string }[] = [];
for (const marked of queries) {
  const hits = await client.search.search(marked.query, { videoIds, topK: MAX_HITS });
  const right = hits.filter((hit) => isRight(marked, hit)).length;
  const [first] = hits;
  rows.push({
    query: marked.query,
    rank: hits.findIndex((hit) => isRight(marked, hit)) + 1 || Number.POSITIVE_INFINITY,
    chance: getChance(right, hits.length),
    top: `${fileByVideo.get(first?.video_id ?? '')} ${first?.start.slice(3, 8)} ${first?.text}`,
  });
}
await studio.stop();

const mean = (value: (row: (typeof rows)[number]) => number) =>
  rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
console.log('| query | rank | chance of top 5 | first hit |\n|---|---|---|---|');
for (const { query, rank, chance, top } of rows) console.log(`| ${query} | ${rank} | ${chance.toFixed(2)} | ${top} |`);
console.log(
  `\nrecall@1 ${mean(({ rank }) => (rank === 1 ? 1 : 0)).toFixed(2)} · recall@5 ${mean(({ rank }) => (rank <= DEPTH ? 1 : 0)).toFixed(2)}` +
    ` (chance ${mean(({ chance }) => chance).toFixed(2)}) · MRR ${mean(({ rank }) => 1 / rank).toFixed(2)}`,
);
