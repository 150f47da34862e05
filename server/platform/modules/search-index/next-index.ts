import { sql } from 'kysely';
import type { IndexStatus } from '#api/contracts/models.ts';
import type { Db, Trx } from '../../db/database.ts';
import type { NextIndexState } from '../../db/tables.ts';
import { recreateNextVectors, swapVectors } from '../../db/vector-index.ts';
import { HttpError } from '../../http/http-error.ts';
import { readServingName, writeServingName } from './embedders.ts';

/**
 * The second index beside the one that is searched: vectors of another model in `segments.embedding_next`. It is filled in the
 * background, compared, and switched with the first one at once, by renaming both columns. After that it holds the vectors of
 * before, so that the switch can be undone, for a day.
 */

export interface NextIndex {
  readonly model: string;
  readonly state: NextIndexState;
  readonly is_paused: boolean;
  readonly error: string | null;
}

export const readNextIndex = async (db: Db): Promise<NextIndex | null> =>
  (await db.selectFrom('next_index').select(['model', 'state', 'is_paused', 'error']).executeTakeFirst()) ?? null;

/** Segments that are searchable, and how many of them the next index has vectors of. Counted, not remembered. */
async function count(db: Db): Promise<{ all: number; done: number }> {
  const { all, done } = await db
    .selectFrom('segments')
    .select(({ fn }) => [fn.count<string>('embedding').as('all'), fn.count<string>('embedding_next').as('done')])
    .where('embedding', 'is not', null)
    .executeTakeFirstOrThrow();
  return { all: Number(all), done: Number(done) };
}

export async function readIndexStatus(db: Db): Promise<IndexStatus> {
  const [serving, next, segments] = [await readServingName(db), await readNextIndex(db), await count(db)];
  return {
    model: serving,
    segments: segments.all,
    next: next && { ...next, segments: segments.done, state: next.is_paused ? 'paused' : next.state },
  };
}

/** Before anything else: whoever fills the index locks its row, then segments. */
const lock = async (trx: Trx) => {
  await sql`select pg_advisory_xact_lock(hashtext('next_index'))`.execute(trx);
  await sql`select from next_index for update`.execute(trx);
};

async function clear(trx: Trx): Promise<void> {
  const { rows } = await sql<{ is_owner: boolean }>`
    select pg_has_role(relowner, 'usage') as is_owner from pg_class where oid = 'segments'::regclass`.execute(trx);
  // The role of a worker may not change tables.
  if (rows[0]?.is_owner) await recreateNextVectors(trx);
  else
    await trx.updateTable('segments').set({ embedding_next: null }).where('embedding_next', 'is not', null).execute();
  await trx.deleteFrom('next_index').execute();
}

/** Begins an index of another model. Throws a 409 for the one that is searched, and while another is being made. */
export async function startNextIndex(db: Db, model: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lock(trx);
    if ((await readServingName(trx)) === model)
      throw new HttpError(409, 'This model is the one that is searched with.');
    const next = await readNextIndex(trx);
    if (next?.model === model) return;
    if (next && next.state !== 'previous')
      throw new HttpError(409, `An index of ${next.model} is being made. Cancel it before you begin another.`);
    await clear(trx);
    await trx.insertInto('next_index').values({ model, state: 'building' }).execute();
  });
}

/** Ends what is being made, or gives up the way back. */
export async function dropNextIndex(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lock(trx);
    await clear(trx);
  });
}

export async function pauseNextIndex(db: Db, isPaused: boolean): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('next_index')
    .set({ is_paused: isPaused, error: null })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new HttpError(404, 'There is no index of another model.');
}

/** Searches with the next index from now on; the one of before becomes the next one. Throws a 409 unless it is complete. */
export async function switchIndex(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lock(trx);
    const next = await readNextIndex(trx);
    if (!next) throw new HttpError(404, 'There is no index of another model.');
    // From here on nobody adds a segment until the columns are renamed.
    await sql`lock table segments in access exclusive mode`.execute(trx);
    const { all, done } = await count(trx);
    if (done < all)
      throw new HttpError(
        409,
        `The index of ${next.model} lacks ${all - done} of ${all} segments. Wait until it is complete.`,
      );
    const serving = await readServingName(trx);
    await swapVectors(trx);
    await writeServingName(trx, next.model);
    await trx
      .updateTable('next_index')
      .set({ model: serving, state: 'previous', is_paused: false, error: null, switched_at: sql<Date>`now()` })
      .execute();
  });
}
