import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../db/tables.ts';
import type { VectorSearch } from '../../db/vector-index.ts';

export interface NearSegment {
  readonly segment_id: string;
  readonly video_id: string;
  readonly start_s: number;
  readonly end_s: number;
  readonly thumbnail: string;
  readonly caption: string;
  /** Cosine similarity with the query. */
  readonly score: number;
}

/** The index walks over what is out of scope, so it only pays where at least this fraction is within. */
const MIN_INDEXED_FRACTION = 0.1;

/** The most that pgvector takes. */
const MAX_CANDIDATES = 1_000;

/** About how many segments there are in some videos and in all, from the statistics of Postgres; null when there are none yet. */
async function estimate(db: Kysely<Tables>, videos: number): Promise<{ inside: number; all: number } | null> {
  const { rows } = await sql<{ segments: number; videos: number }>`
    select (select reltuples from pg_class where oid = 'segments'::regclass)::float8 as segments,
      (select reltuples from pg_class where oid = 'videos'::regclass)::float8 as videos`.execute(db);
  const [row] = rows;
  if (!row || row.segments <= 0 || row.videos <= 0) return null;
  return { inside: (row.segments / row.videos) * Math.min(videos, row.videos), all: row.segments };
}

async function count(db: Kysely<Tables>, videoIds: readonly string[]): Promise<{ inside: number; all: number }> {
  const { inside, all } = await db
    .selectFrom('segments')
    .select(({ fn }) => [
      fn
        .countAll<string>()
        .filterWhere('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
        .as('inside'),
      fn.countAll<string>().as('all'),
    ])
    .executeTakeFirstOrThrow();
  return { inside: Number(inside), all: Number(all) };
}

/**
 * The segments of some videos that lie closest to a unit vector, best first, at most `limit`: compared one by one in a
 * small scope, through the HNSW index (approximate) in a large one. `column` holds vectors of the vector's model.
 */
export async function nearestSegments(
  { readDb: db, vectorSearch }: { readonly readDb: Kysely<Tables>; readonly vectorSearch: VectorSearch },
  videoIds: readonly string[],
  vector: Float32Array,
  limit: number,
  column: 'embedding' | 'embedding_next' = 'embedding',
): Promise<NearSegment[]> {
  if (videoIds.length === 0) return [];
  // Vectors are normalized, so the negative inner product orders as cosine distance does, and is cheaper. The literal gets the
  // type of the column, whichever the database has.
  const distance = sql<number>`${sql.ref(column)} <#> ${toLiteral(vector)}`;
  // Ids first, the rest for those few: writing out every vector that is compared would take longer than comparing.
  const inOrder = (
    source: Kysely<Tables>,
    order: RawBuilder<number>,
    inScope: RawBuilder<boolean>,
  ): Promise<NearSegment[]> =>
    source
      .with('near', (cte) =>
        cte
          .selectFrom('segments')
          .select(['segment_id', order.as('distance')])
          .where(inScope)
          .where(column, 'is not', null)
          .orderBy('distance')
          .limit(limit),
      )
      .selectFrom('near')
      .innerJoin('segments', 'segments.segment_id', 'near.segment_id')
      .select(['segments.segment_id', 'video_id', 'start_s', 'end_s', 'thumbnail', 'caption'])
      .select(sql<number>`-near.distance`.as('score'))
      .orderBy('near.distance')
      .execute();
  // One array: a parameter for each id would end at 65,535 of them.
  const inScope = sql<boolean>`video_id = any(${[...videoIds]}::uuid[])`;
  const { inside, all } = (await estimate(db, videoIds.length)) ?? (await count(db, videoIds));
  const useIndex = inside > vectorSearch.maxExactSegments && inside >= all * MIN_INDEXED_FRACTION;
  // The sum keeps the planner from the index, whose answer would be approximate.
  if (!useIndex) return inOrder(db, sql`(${distance}) + 0`, inScope);
  // Of what the index finds, only what is in scope counts.
  const candidates = Math.min(
    MAX_CANDIDATES,
    Math.round(vectorSearch.getCandidates(all) / Math.sqrt(Math.min(1, inside / all))),
  );
  return db.transaction().execute(async (trx) => {
    // Nothing else than the index gives rows in order: the planner, who knows little of vectors' cost, has no choice left.
    await sql`
      select set_config('hnsw.ef_search', ${String(Math.max(candidates, limit))}, true),
        set_config('hnsw.iterative_scan', 'strict_order', true), set_config('enable_sort', 'off', true)`.execute(trx);
    // Of a plain condition the planner estimates each id by itself, which for 10,000 of them takes longer than the search.
    return inOrder(trx, distance, sql`coalesce(${inScope}, false)`);
  });
}

/** A vector as pgvector reads it. Nine digits tell all single floats apart. */
export const toLiteral = (vector: Float32Array) => `[${Array.from(vector, (value) => value.toPrecision(9)).join(',')}]`;
