import { type Kysely, sql } from 'kysely';
import type { CreditKind, Tables } from './db/tables.ts';

/** Books credits on an owner. */
export async function charge(db: Kysely<Tables>, owner: string, kind: CreditKind, amount: number): Promise<void> {
  await db.insertInto('credits').values({ owner, kind, amount }).execute();
}

/** Charges one credit, does the work, and gives the credit back when it fails. Refusals come before this is called. */
export async function charged<Result>(
  db: Kysely<Tables>,
  owner: string,
  kind: CreditKind,
  work: () => Promise<Result>,
): Promise<Result> {
  await charge(db, owner, kind, 1);
  try {
    return await work();
  } catch (error) {
    await charge(db, owner, kind, -1);
    throw error;
  }
}

/** What an owner has used, by kind and in all, ever or since a moment. */
export async function creditsUsed(db: Kysely<Tables>, owner: string, since: Date | null) {
  const rows = await db
    .selectFrom('credits')
    .select(['kind', sql<number>`sum(amount)::integer`.as('used')])
    .where('owner', '=', owner)
    .$if(since !== null, (all) => all.where(sql<boolean>`created_at >= ${since}`))
    .groupBy('kind')
    .execute();
  const byKind = Object.fromEntries(rows.map(({ kind, used }) => [kind, used]));
  return { used: rows.reduce((sum, { used }) => sum + used, 0), by_kind: byKind };
}
