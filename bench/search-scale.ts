import { performance } from 'node:perf_hooks';
import { type Kysely, sql } from 'kysely';
import { createTestDatabase } from '../e2e/services/test-database.ts';
import { openDatabase } from '../server/platform/db/database.ts';
import type { Tables } from '../server/platform/db/tables.ts';
import { buildVectorIndex } from '../server/platform/db/vector-index.ts';
import { nearestSegments } from '../server/platform/modules/search/nearest-segments.ts';
import { record } from './record.ts';
import { createSegmentRows, createVectorSource } from './segment-vectors.ts';
import { dropVectorIndex } from './without-index.ts';

/**
 * Search on a real Postgres with pgvector, in scopes of 1 %, 10 % and 100 % of the segments, against comparing all of them:
 * `TEST_DATABASE_URL=… node --import tsx bench/search-scale.ts 100000`.
 */
const SEGMENTS = Number(process.argv[2] ?? 100_000);
const PER_VIDEO = 100;
const BATCH_VIDEOS = 5;
const QUERIES = 30;
const WARM_UP = 3;
const TOP = 10;

const toLiteral = (vector: Float32Array) => `[${Array.from(vector, (value) => value.toFixed(5)).join(',')}]`;
const createVector = createVectorSource(11);
const test = await createTestDatabase();
const database = await openDatabase('', test.url);
const { db } = database;
// The index is made when the segments are there, as it is for a database that was filled before.
await dropVectorIndex(db);

const ids: string[] = [];
while (ids.length * PER_VIDEO < SEGMENTS) {
  const batch = Array.from({ length: BATCH_VIDEOS }, () => crypto.randomUUID());
  ids.push(...batch);
  await db
    .insertInto('videos')
    .values(batch.map((id) => ({ video_id: id, owner: 'bench', name: id, object_name: id, use_dynamic_hls: false })))
    .execute();
  const rows = batch.flatMap((id) => createSegmentRows(id, PER_VIDEO, () => toLiteral(createVector())));
  await db.insertInto('segments').values(rows).execute();
}
await sql`analyze segments, videos`.execute(db);
const beforeIndex = performance.now();
await sql`alter database ${sql.id(new URL(test.url).pathname.slice(1))} set maintenance_work_mem = '4GB'`.execute(db);
await buildVectorIndex(test.url, undefined);
const indexSeconds = (performance.now() - beforeIndex) / 1000;
const { rows: sizes } = await sql<{ mib: number }>`
  select (pg_relation_size('segments_by_half_embedding') / 1048576)::integer as mib`.execute(db);

const compareAll = (on: Kysely<Tables>, videoIds: readonly string[], vector: Float32Array) =>
  on
    .selectFrom('segments')
    .select('segment_id')
    .where('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
    .orderBy(sql`(embedding <#> ${toLiteral(vector)}) + 0`)
    .limit(TOP)
    .execute();

/** On one processor, as a search through the index runs; left alone, Postgres takes all of them. */
const compareAllOnOne = (videoIds: readonly string[], vector: Float32Array) =>
  db.transaction().execute(async (trx) => {
    await sql`set local max_parallel_workers_per_gather = 0`.execute(trx);
    return compareAll(trx, videoIds, vector);
  });

const getPercentile = (values: readonly number[], fraction: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * fraction)] ?? 0;

for (const scope of [0.01, 0.1, 1]) {
  const videoIds = ids.slice(0, Math.max(1, Math.round(ids.length * scope)));
  const exact: number[] = [];
  const exactOnOne: number[] = [];
  const ours: number[] = [];
  let found = 0;
  for (let query = 0; query < QUERIES + WARM_UP; query += 1) {
    const vector = createVector();
    const start = performance.now();
    const truth = new Set((await compareAll(db, videoIds, vector)).map(({ segment_id }) => segment_id));
    const between = performance.now();
    const near = await nearestSegments(database, videoIds, vector, TOP);
    const end = performance.now();
    await compareAllOnOne(videoIds, vector);
    const last = performance.now();
    if (query < WARM_UP) continue;
    exact.push(between - start);
    exactOnOne.push(last - end);
    ours.push(end - between);
    found += near.filter(({ segment_id }) => truth.has(segment_id)).length;
  }
  const toText = (times: readonly number[]) => [0.5, 0.95].map((at) => getPercentile(times, at).toFixed(1)).join(' / ');
  const ratio = getPercentile(ours, 0.95) / getPercentile(exactOnOne, 0.95);
  const ratioOfAll = getPercentile(ours, 0.95) / getPercentile(exact, 0.95);
  const recall = found / (QUERIES * TOP);
  record({
    what: `Postgres 17 + pgvector 0.8: search in ${scope * 100} % of ${SEGMENTS} segments, p50 / p95 of ${QUERIES}`,
    reference: `comparing all on one processor ${toText(exactOnOne)} ms, on all ${toText(exact)} ms`,
    measured: `${toText(ours)} ms (${ratioOfAll.toFixed(2)} × of comparing on all processors) at recall@${TOP} ${recall.toFixed(3)} (index ${sizes[0]?.mib} MiB, built in ${indexSeconds.toFixed(0)} s)`,
    ratio,
    target: scope === 1 ? '≤ 0.2 × at recall@10 ≥ 0.95' : 'recall@10 ≥ 0.95',
    met: recall >= 0.95 && (scope < 1 || ratio <= 0.2),
  });
}
await database.close();
await test.drop();
process.exit(0);
