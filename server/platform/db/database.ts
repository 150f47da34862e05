import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { isDiskFull } from '../disk-full.ts';
import { migrate } from './migrations.ts';
import { PGlitePool } from './pglite-pool.ts';
import type { Tables } from './tables.ts';

/** SQL outside of Kysely's types: what the job queue speaks. */
export type ExecuteSql = (statement: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

export interface Database {
  readonly db: Kysely<Tables>;
  readonly executeSql: ExecuteSql;
  close(): Promise<void>;
}

/**
 * Opens the database: a Postgres with pgvector when `url` is given, else the embedded one (PGlite) under `dataDir`.
 * Migrated when this resolves.
 */
export async function openDatabase(dataDir: string, url: string | undefined): Promise<Database> {
  const pool = url
    ? new pg.Pool({ connectionString: url, max: 8 })
    : await embeddedPool(path.join(dataDir, 'postgres'));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db);
  return {
    db,
    executeSql: async (statement, values) => {
      // Several statements in one string, which pg-boss sends, come back from pg as a list; the last one answers.
      const results = [await pool.query(statement, values)].flat();
      return { rows: results[results.length - 1]?.rows ?? [] };
    },
    close: () => db.destroy(),
  };
}

async function embeddedPool(folder: string): Promise<PGlitePool> {
  await mkdir(folder, { recursive: true });
  const pglite = await PGlite.create(folder, { extensions: { vector } }).catch((cause: unknown) => {
    if (isDiskFull(cause)) throw cause;
    throw new Error(
      `The database in ${folder} cannot be opened: it seems to be damaged. Put a copy of it back, or move the folder that DATA_DIR names away to start with an empty one.`,
      { cause },
    );
  });
  return new PGlitePool(pglite);
}
