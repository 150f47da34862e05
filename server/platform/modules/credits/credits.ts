import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { CreditKind } from '../../db/tables.ts';

export interface Charge {
  readonly owner: string;
  readonly kind: CreditKind;
  readonly amount: number;
  /** What is charged: the same key of an owner is charged once. Null for what is charged each time. */
  readonly key: string | null;
}

/** Books credits on an owner. Called once the work is done, so that what fails, or dies with the process, is free. */
export async function charge(db: Db, { owner, kind, amount, key }: Charge): Promise<void> {
  await db
    .insertInto('credits')
    .values({ owner, kind, amount, request_key: key })
    .onConflict((conflict) =>
      conflict.columns(['owner', 'request_key']).where('request_key', 'is not', null).doNothing(),
    )
    .execute();
}

/** What an owner has used, by kind and in all, ever or since a time. */
export async function getCreditsUsed(db: Db, owner: string, since: Date | null) {
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
