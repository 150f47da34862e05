import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../../logging.ts';
import type { Tables } from './tables.ts';

/** How vectors are searched for in a database. */
export interface VectorSearch {
  /** Up to this many segments in a scope are compared one by one: exact, and about as fast as the index. */
  readonly maxExactSegments: number;
  /**
   * Candidates that the index keeps at hand (hnsw.ef_search) among so many segments: more find more of the true neighbors, and take
   * longer.
   */
  getCandidates(segments: number): number;
}

/**
 * WebAssembly has no instructions for half floats: with them, a comparison takes four times as long there. So the embedded database
 * keeps `vector`, with the index that its migration has made.
 */
export const EMBEDDED_SEARCH: VectorSearch = { maxExactSegments: 4_000, getCandidates: () => 120 };

const MIN_CANDIDATES = 120;
/** Of 100,000 segments the fewest do; of ten times as many it takes so many more. */
const CANDIDATES_PER_DECADE = 80;

/**
 * Measured on Postgres 17 with pgvector 0.8 and 200,000 segments: half floats that are stored in the row take a third of the
 * memory, and are compared in a quarter of the time.
 */
export const POSTGRES_SEARCH: VectorSearch = {
  maxExactSegments: 20_000,
  getCandidates: (segments) =>
    Math.round(MIN_CANDIDATES + CANDIDATES_PER_DECADE * Math.max(0, Math.log10(segments / 100_000))),
};

const INDEX = 'segments_by_half_embedding';
/** Of the embedded database, over whole floats. */
const EMBEDDED_INDEX = 'segments_by_embedding';
/** Over vectors of another model, which may be switched with those that are searched. */
const NEXT_INDEX = 'segments_by_next_embedding';
const LOCK = `hashtext('${INDEX}')`;

/** The type of the vectors that are searched, as SQL. */
export async function getVectorType(db: Kysely<Tables>): Promise<'vector(1024)' | 'halfvec(1024)'> {
  const { rows } = await sql<{ type: string }>`
    select format_type(atttypid, null) as type from pg_attribute
    where attrelid = 'segments'::regclass and attname = 'embedding'`.execute(db);
  return rows[0]?.type === 'vector' ? 'vector(1024)' : 'halfvec(1024)';
}

/** Indexes the empty column of another model's vectors: filled as they come, it is there when they are searched. */
async function indexNextVectors(db: Kysely<Tables>): Promise<void> {
  const isHalf = (await getVectorType(db)) === 'halfvec(1024)';
  const using = isHalf ? 'embedding_next halfvec_ip_ops) with (ef_construction = 200' : 'embedding_next vector_ip_ops';
  await sql.raw(`create index ${NEXT_INDEX} on segments using hnsw (${using})`).execute(db);
}

/** Makes the column of another model's vectors anew, empty and indexed: that takes no time, however many there were. */
export async function recreateNextVectors(db: Kysely<Tables>): Promise<void> {
  const type = await getVectorType(db);
  await sql`alter table segments drop column if exists embedding_next`.execute(db);
  await sql.raw(`alter table segments add column embedding_next ${type}`).execute(db);
  if (type === 'halfvec(1024)')
    await sql`alter table segments alter column embedding_next set storage plain`.execute(db);
  await indexNextVectors(db);
}

/** Renames both columns of vectors into each other, and their indexes with them. */
export async function swapVectors(db: Kysely<Tables>): Promise<void> {
  const index = (await getVectorType(db)) === 'halfvec(1024)' ? INDEX : EMBEDDED_INDEX;
  for (const statement of [
    'alter table segments rename column embedding to embedding_other',
    'alter table segments rename column embedding_next to embedding',
    'alter table segments rename column embedding_other to embedding_next',
    `alter index if exists ${index} rename to segments_by_other_embedding`,
    `alter index if exists ${NEXT_INDEX} rename to ${index}`,
    `alter index if exists segments_by_other_embedding rename to ${NEXT_INDEX}`,
  ])
    await sql.raw(statement).execute(db);
}

/** Makes the vectors of a real Postgres half floats, once. Waits for other processes that do it. */
export async function convertToHalfVectors(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.raw(LOCK)})`.execute(trx);
    if ((await getVectorType(trx)) !== 'vector(1024)') return;
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql.raw(`drop index if exists ${EMBEDDED_INDEX}`).execute(trx);
    await sql`
      alter table segments alter column embedding type halfvec(1024) using embedding::halfvec(1024),
        alter column embedding set storage plain`.execute(trx);
    await recreateNextVectors(trx);
  });
}

/**
 * Builds the index over half floats where it is missing, without locking the table; searches compare one by one until it is
 * there. One process does it, whose role owns the table.
 */
export async function buildVectorIndex(url: string, log: Log | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The role of a worker may not: one that may is there, too.
    const owner = await client.query<{ is_owner: boolean }>(
      "select pg_has_role(relowner, 'usage') as is_owner from pg_class where oid = 'segments'::regclass",
    );
    if (!owner.rows[0]?.is_owner) return;
    const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${LOCK}) as held`);
    if (!rows[0]?.held) return;
    const known = await client.query<{ valid: boolean }>(
      'select indisvalid as valid from pg_index where indexrelid = to_regclass($1)',
      [INDEX],
    );
    if (known.rows[0]?.valid) return;
    // One that broke off half-way is there, and not used.
    if (known.rows.length > 0) await client.query(`drop index concurrently ${INDEX}`);
    const startedAt = Date.now();
    // Beyond what fits into it, building takes many times as long. A larger setting of the server or the role stays.
    await client.query(`
      select set_config('maintenance_work_mem', '1GB', false)
      where pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('1GB')`);
    await client.query(
      `create index concurrently ${INDEX} on segments using hnsw (embedding halfvec_ip_ops) with (ef_construction = 200)`,
    );
    log?.info({ ms: Date.now() - startedAt }, 'vector index built');
  } finally {
    await client.end();
  }
}
