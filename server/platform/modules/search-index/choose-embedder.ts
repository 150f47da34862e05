import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PlatformConfig } from '../../config.ts';
import type { Db } from '../../db/database.ts';
import { getClipName, readServingName, writeServingName } from './embedders.ts';

/**
 * Settles which embedder fills the index. One that the environment names fills an empty index, and is refused another's: vectors
 * of two embedders have nothing to say to each other. Throws an `Error` whose message is a sentence.
 */
export async function chooseEmbedder(db: Db, { embedder, clipModelDir }: PlatformConfig): Promise<void> {
  if (clipModelDir !== null && !existsSync(path.join(clipModelDir, 'config.json')))
    throw new Error(`CLIP_MODEL_DIR: ${clipModelDir} holds no model (there is no config.json in it).`);
  const known = await readServingName(db);
  const vector = await db
    .selectFrom('segments')
    .select('segment_id')
    .where('embedding', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  const wanted = embedder === 'clip' ? getClipName(clipModelDir) : embedder;
  if (vector && wanted !== null && wanted !== known) {
    throw new Error(
      `This data was indexed by the embedder "${known}", and "${wanted}" cannot search it. Start with that embedder again, or leave EMBEDDER out and change the model on the Settings page.`,
    );
  }
  await writeServingName(db, wanted ?? known);
}
