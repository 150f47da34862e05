import type { Kysely } from 'kysely';
import type { Tables } from '../db/tables.ts';

const SETTING = 'embedder';

/**
 * Records which embedder fills the index, and refuses to mix: vectors of two embedders have nothing to say to each other.
 * An index without vectors can be taken over. Throws an `Error` whose message is a sentence.
 */
export async function assertEmbedderMatches(db: Kysely<Tables>, embedder: string): Promise<void> {
  const known = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst();
  const vector = await db
    .selectFrom('segments')
    .select('segment_id')
    .where('embedding', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  // Before there was a choice, the index was filled by "local".
  const filledBy = known?.value ?? 'local';
  if (vector && filledBy !== embedder) {
    throw new Error(
      `This data was indexed by the embedder "${filledBy}", and "${embedder}" cannot search it. Start with that embedder again, or set DATA_DIR to another folder and upload the videos there.`,
    );
  }
  await db
    .insertInto('settings')
    .values({ name: SETTING, value: embedder })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: embedder }))
    .execute();
}
