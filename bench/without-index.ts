import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../server/platform/db/database.ts';

const POLL_MS = 100;

/** Drops the index over vectors of a Postgres as soon as it is there, so that it is made over all segments at once. */
export async function dropVectorIndex(db: Db): Promise<void> {
  for (;;) {
    const { rows } =
      await sql`select 1 from pg_index where indexrelid = to_regclass('segments_by_half_embedding') and indisvalid`.execute(
        db,
      );
    if (rows.length > 0) break;
    await delay(POLL_MS);
  }
  await sql`drop index segments_by_half_embedding`.execute(db);
}
