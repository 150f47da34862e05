import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { openDatabase } from '../server/platform/db/database.ts';
import { nearestSegments } from '../server/platform/modules/search/nearest-segments.ts';
import { record } from './record.ts';
import { createSegmentRows, createVectorSource } from './segment-vectors.ts';

/**
 * Search through the HNSW index against the exact scan, over synthetic segments in the platform's own database:
 * `node --import tsx bench/search-index.ts 20000`. The index is made once the segments are there, which gives the same
 * graph in a fraction of the time (100,000: eleven minutes); what a segment costs that comes later is measured beside it.
 */
const SEGMENTS = Number(process.argv[2] ?? 10_000);
const PER_VIDEO = 100;
const QUERIES = 30;
const TOP = 10;

const segmentVector = createVectorSource(11);
const folder = await mkdtemp(path.join(tmpdir(), 'search-index-'));
const database = await openDatabase(folder, undefined);
const { db, close } = database;
const ids: string[] = [];

/** One more video with its segments; resolves to the milliseconds that the database took for the latter. */
async function addVideo(): Promise<number> {
  const id = crypto.randomUUID();
  ids.push(id);
  await db
    .insertInto('videos')
    .values({ video_id: id, owner: 'bench', name: id, object_name: id, use_dynamic_hls: false })
    .execute();
  const rows = createSegmentRows(id, PER_VIDEO, () => `[${segmentVector().join(',')}]`);
  const before = performance.now();
  await db.insertInto('segments').values(rows).execute();
  return performance.now() - before;
}

const definition = await sql<{ indexdef: string }>`
  select indexdef from pg_indexes where indexname = 'segments_by_embedding'`.execute(db);
await sql`drop index segments_by_embedding`.execute(db);
while (ids.length * PER_VIDEO < SEGMENTS) await addVideo();
await sql`set maintenance_work_mem = '1GB'`.execute(db);
for (const { indexdef } of definition.rows) await sql.raw(indexdef).execute(db);
const perInsert = (await addVideo()) / PER_VIDEO;

const exact = (vector: Float32Array) =>
  db
    .selectFrom('segments')
    .select(['segment_id'])
    .where('video_id', 'in', ids)
    .orderBy(sql`(embedding <#> ${`[${vector.join(',')}]`}::vector) + 0`)
    .limit(TOP)
    .execute();

const times = { exact: [] as number[], index: [] as number[] };
let found = 0;
for (let query = 0; query < QUERIES + 2; query += 1) {
  const vector = segmentVector();
  const start = performance.now();
  const truth = new Set((await exact(vector)).map(({ segment_id }) => segment_id));
  const between = performance.now();
  const near = await nearestSegments(database, ids, vector, TOP);
  const end = performance.now();
  // The first ones only warm the caches.
  if (query < 2) continue;
  times.exact.push(between - start);
  times.index.push(end - between);
  found += near.filter(({ segment_id }) => truth.has(segment_id)).length;
}
const p95 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
const [exactMs, oursMs] = [p95(times.exact), p95(times.index)];
const recall = found / (QUERIES * TOP);
record({
  what: `search in ${SEGMENTS} segments, p95 of ${QUERIES}`,
  reference: `exact scan in the database ${exactMs.toFixed(0)} ms`,
  measured: `${oursMs.toFixed(0)} ms at recall@${TOP} ${recall.toFixed(3)} (${perInsert.toFixed(0)} ms for one more segment)`,
  ratio: oursMs / exactMs,
  target: '≤ 0.2 × at recall@10 ≥ 0.95',
  met: oursMs / exactMs <= 0.2 && recall >= 0.95,
});
await close();
await rm(folder, { recursive: true });
process.exit(0);
