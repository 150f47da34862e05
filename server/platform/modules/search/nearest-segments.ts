import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../db/tables.ts';

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

/** Up to this many segments in a scope are compared one by one: exact, and as fast as the index. */
const EXACT_SEGMENTS = 4000;
/** The index walks over what is out of scope, so it only pays where at least this share is within. */
const INDEX_SHARE = 0.1;
/** Candidates that the index keeps at hand (hnsw.ef_search): more find more of the true neighbors, and take longer. */
const CANDIDATES = 120;

async function indexPays(db: Kysely<Tables>, videoIds: readonly string[]): Promise<boolean> {
  const { inside, all } = await db
    .selectFrom('segments')
    .select(({ fn }) => [
      fn
        .countAll<string>()
        .filterWhere('video_id', 'in', [...videoIds])
        .as('inside'),
      fn.countAll<string>().as('all'),
    ])
    .executeTakeFirstOrThrow();
  return Number(inside) > EXACT_SEGMENTS && Number(inside) >= Number(all) * INDEX_SHARE;
}

/**
 * The segments of some videos that lie closest to a unit vector, best first, at most `limit`: compared one by one in a
 * small scope, through the HNSW index (approximate) in a large one.
 */
export async function nearestSegments(
  db: Kysely<Tables>,
  videoIds: readonly string[],
  vector: Float32Array,
  limit: number,
): Promise<NearSegment[]> {
  if (videoIds.length === 0) return [];
  const literal = `[${vector.join(',')}]`;
  // Vectors are normalized, so the negative inner product orders as cosine distance does, and is cheaper.
  const distance = sql<number>`embedding <#> ${literal}::vector`;
  // Ids first, the rest for those few: writing out every vector that is compared would take longer than comparing.
  const inOrder = (source: Kysely<Tables>, order: RawBuilder<number>): Promise<NearSegment[]> =>
    source
      .with('near', (cte) =>
        cte
          .selectFrom('segments')
          .select(['segment_id', sql<number>`-(${distance})`.as('score')])
          .where('video_id', 'in', [...videoIds])
          .where('embedding', 'is not', null)
          .orderBy(order)
          .limit(limit),
      )
      .selectFrom('near')
      .innerJoin('segments', 'segments.segment_id', 'near.segment_id')
      .select(['segments.segment_id', 'video_id', 'start_s', 'end_s', 'thumbnail', 'caption', 'score'])
      .orderBy('score', 'desc')
      .execute();
  // The sum keeps the planner from the index, whose answer would be approximate.
  if (!(await indexPays(db, videoIds))) return inOrder(db, sql`(${distance}) + 0`);
  return db.transaction().execute(async (trx) => {
    await sql`set local hnsw.ef_search = ${sql.lit(Math.max(CANDIDATES, limit))}`.execute(trx);
    // Nothing else than the index gives rows in order: the planner, who knows little of vectors' cost, has no choice left.
    await sql`set local enable_sort = off`.execute(trx);
    await sql`set local hnsw.iterative_scan = strict_order`.execute(trx);
    return inOrder(trx, distance);
  });
}
