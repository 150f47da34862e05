import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Log } from '../../logging.ts';
import { listenOnPostgres } from '../../postgres-notifications.ts';
import { isDiskFull } from '../disk-full.ts';
import { migrate } from './migrations.ts';
import { PGlitePool } from './pglite-pool.ts';
import { PGliteThread } from './pglite-thread.ts';
import type { Tables } from './tables.ts';
import {
  buildVectorIndex,
  convertToHalfVectors,
  EMBEDDED_SEARCH,
  POSTGRES_SEARCH,
  type VectorSearch,
} from './vector-index.ts';

/** Milliseconds to wait for a connection, and for a statement. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 120_000;
/** A lock that is held for so long is that of a process that hangs. */
const LOCK_TIMEOUT_MS = 60_000;
const IDLE_TIMEOUT_MS = 60_000;
const MAX_CONNECTIONS = 8;

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

export interface Database {
  readonly db: Db;
  /** For searches and maps: a replica where there is one, which may be some moments behind. */
  readonly readDb: Db;
  /** True when this process alone can use the database: no other process holds a lease in it. */
  readonly isExclusive: boolean;
  readonly vectorSearch: VectorSearch;
  /** Calls `handler` with the payload of each `pg_notify` on `channel`. Notifications may be missed: poll as well. */
  listen(channel: string, handler: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database: a Postgres with pgvector when `url` is given, else the embedded one (PGlite) under `dataDir`.
 * Migrated when this resolves.
 */
export async function openDatabase(
  dataDir: string,
  url: string | undefined,
  { readUrl, log }: { readUrl?: string | undefined; log?: Log } = {},
): Promise<Database> {
  return url ? openPostgres(url, readUrl, log) : openEmbedded(path.join(dataDir, 'postgres'));
}

function createPool(url: string, log: Log | undefined): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it: the pool opens another one when it is needed.
  pool.on('error', (error) => log?.error({ err: error }, 'A database connection was lost'));
  // One that breaks between the statements of a transaction: the next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const toKysely = (pool: pg.Pool): Db => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });

async function openPostgres(url: string, readUrl: string | undefined, log: Log | undefined): Promise<Database> {
  const db = toKysely(createPool(url, log));
  const readDb = readUrl === undefined ? db : toKysely(createPool(readUrl, log));
  await migrate(db);
  await convertToHalfVectors(db);
  // In the background: of many vectors it takes minutes.
  buildVectorIndex(url, log).catch((error: unknown) => log?.error({ err: error }, 'The vector index was not built'));
  const listener = await listenOnPostgres(url);
  return {
    db,
    readDb,
    isExclusive: false,
    vectorSearch: POSTGRES_SEARCH,
    listen: async (channel, handler) => listener.listen(channel, handler),
    close: async () => {
      await listener.close();
      if (readDb !== db) await readDb.destroy();
      await db.destroy();
    },
  };
}

/** Opens the embedded database. A new one is made in a thread that ends, since making it takes memory that is never given back. */
async function openPGlite(folder: string): Promise<PGliteThread> {
  if (!existsSync(path.join(folder, 'PG_VERSION'))) await (await PGliteThread.open(folder)).close();
  return PGliteThread.open(folder);
}

async function openEmbedded(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true });
  const pglite = await openPGlite(folder).catch((cause: unknown) => {
    if (isDiskFull(cause)) throw cause;
    throw new Error(
      `The database in ${folder} cannot be opened: it seems to be damaged. Restore a backup of it, or move the folder that DATA_DIR names away to start with an empty one.`,
      { cause },
    );
  });
  const pool = new PGlitePool(pglite);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db);
  return {
    db,
    readDb: db,
    isExclusive: true,
    vectorSearch: EMBEDDED_SEARCH,
    listen: async (channel, handler) => {
      await pool.exclusively(() => pglite.listen(channel, handler));
    },
    close: () => db.destroy(),
  };
}
