import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../../logging.ts';
import type { Tables } from './tables.ts';

/** How vectors are searched for in a database. */
export interface VectorSearch {
  /** Up to this many segments in a scope are compared one by one: exact, and about as fast as the index. */
  readonly maxExactSegments: number;
  /** Candidates that the index keeps at hand (hnsw.ef_search): more find more of the true neighbors, and take longer. */
  readonly candidates: number;
}

/**
 * WebAssembly has no instructions for half floats: with them, a comparison takes four times as long there. So the embedded database
 * keeps `vector`, with the index that its migration has made.
 */
export const EMBEDDED_SEARCH: VectorSearch = { maxExactSegments: 4_000, candidates: 120 };

/**
 * Measured on Postgres 17 with pgvector 0.8 and 200,000 segments: half floats that are stored in the row take a third of the
 * memory, and are compared in a quarter of the time.
 */
export const POSTGRES_SEARCH: VectorSearch = { maxExactSegments: 20_000, candidates: 200 };

const INDEX = 'segments_by_half_embedding';
const LOCK = `hashtext('${INDEX}')`;

/** Makes the vectors of a real Postgres half floats, once. Waits for other processes that do it. */
export async function convertToHalfVectors(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.raw(LOCK)})`.execute(trx);
    const { rows } = await sql<{ type: string }>`
      select format_type(atttypid, null) as type from pg_attribute
      where attrelid = 'segments'::regclass and attname = 'embedding'`.execute(trx);
    if (rows[0]?.type !== 'vector') return;
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`drop index if exists segments_by_embedding`.execute(trx);
    await sql`
      alter table segments alter column embedding type halfvec(1024) using embedding::halfvec(1024),
        alter column embedding set storage plain`.execute(trx);
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
