import pg from 'pg';
import pgvector from 'pgvector/pg';
import { parseDatabaseAddress } from '../database-address.ts';
import type { HostPolicy } from '../host-policy.ts';
import { IntegrationError } from '../integration-error.ts';
import type { StoredConnection } from '../stored-connection.ts';
import type { VectorDatabase, VectorRow } from './vector-database.ts';

const TIMEOUT_MS = 20_000;
const DEFAULT_PORT = 5432;
/** Candidates that the HNSW index keeps (`hnsw.ef_search`); at least as many as rows are asked for. */
const MIN_EF_SEARCH = 200;

/** What says that Postgres has no pgvector to give: not installed, or not ours to turn on. */
const MISSING = new Set(['58P01', '0A000', '42501', '22023']);

/** A table of a Postgres with pgvector; the columns are those of the SDK document's snippet. */
export function pgvectorDatabase({ url, index, key }: StoredConnection, hosts: HostPolicy): VectorDatabase {
  const address = parseDatabaseAddress('pgvector', url);
  const table = pg.escapeIdentifier(index);
  let opened: Promise<pg.Client> | null = null;
  const connect = async () => {
    const client = new pg.Client({
      host: await hosts.resolve(address.hostname),
      port: address.port ?? DEFAULT_PORT,
      user: address.user || 'postgres',
      database: address.path || 'postgres',
      // A driver without a password looks for one in the environment and in files.
      password: key ?? '',
      ssl: address.tls !== 'disable' && {
        rejectUnauthorized: address.tls === 'verify-full',
        servername: address.hostname,
      },
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    });
    // A connection that is lost while nothing is asked must not end the gateway; the next question opens another.
    client.on('error', () => {
      opened = null;
    });
    await client.connect();
    return client;
  };
  const database = () => {
    opened ??= connect().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    describe: async () => {
      const client = await database();
      const { rows } = await client.query<{ type: string }>(
        `select format_type(atttypid, atttypmod) as type from pg_attribute
         where attrelid = to_regclass($1) and attname = 'embedding' and not attisdropped`,
        [table],
      );
      const type = rows[0]?.type;
      if (type === undefined) {
        const { rows: there } = await client.query<{ known: boolean }>('select to_regclass($1) is not null as known', [
          table,
        ]);
        if (there[0]?.known) {
          throw new IntegrationError(
            'refused',
            `The table “${index}” has no column named “embedding”. Choose another table.`,
          );
        }
        return { exists: false, dimension: null, metric: null, rows: null };
      }
      const dimension = /^vector\((\d+)\)$/.exec(type)?.[1];
      if (!type.startsWith('vector')) {
        throw new IntegrationError('refused', `The column “embedding” of “${index}” is of type ${type}, not vector.`);
      }
      const count = await client.query<{ count: number }>(`select count(*)::integer as count from ${table}`);
      // The metric is the query's own: a table has none.
      return {
        exists: true,
        dimension: dimension ? Number(dimension) : null,
        metric: 'cosine',
        rows: count.rows[0]?.count ?? null,
      };
    },
    create: async (dimension) => {
      const client = await database();
      try {
        await client.query('create extension if not exists vector');
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || !MISSING.has(error.code ?? '')) throw error;
        throw new IntegrationError(
          'missing_extension',
          'This Postgres has no pgvector: install it there, and run “create extension vector” as its owner.',
          { cause: error },
        );
      }
      await client.query(
        `create table if not exists ${table} (
           segment_id uuid primary key, video_id uuid not null, start_ts text not null, end_ts text not null,
           embedding vector(${Math.trunc(dimension)}))`,
      );
      const name = pg.escapeIdentifier(`${index}_vec_idx`);
      await client.query(`create index if not exists ${name} on ${table} using hnsw (embedding vector_cosine_ops)`);
    },
    upsert: async (rows) => {
      const column = (name: keyof VectorRow) => rows.map((row) => row[name]);
      await (await database()).query(
        `insert into ${table} (segment_id, video_id, start_ts, end_ts, embedding)
         select id, video, starts, ends, vector::vector
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as t(id, video, starts, ends, vector)
         on conflict (segment_id) do update set embedding = excluded.embedding`,
        [
          column('id'),
          column('video_id'),
          column('start'),
          column('end'),
          rows.map(({ vector }) => pgvector.toSql(vector)),
        ],
      );
    },
    query: async (vector, limit) => {
      const client = await database();
      await client.query(`set hnsw.ef_search = ${Math.min(1000, Math.max(MIN_EF_SEARCH, 2 * limit))}`);
      const { rows } = await client.query<{ video_id: string; start_ts: string; end_ts: string; score: number }>(
        `select video_id, start_ts, end_ts, 1 - (embedding <=> $1) as score from ${table} order by embedding <=> $1 limit $2`,
        [pgvector.toSql(vector), limit],
      );
      return rows.map(({ video_id, start_ts, end_ts, score }) => ({ video_id, start: start_ts, end: end_ts, score }));
    },
    close: async () => {
      const client = await opened?.catch(() => null);
      await client?.end();
    },
  };
}
