import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Db } from './db/database.ts';

const SIGNING_KEY_SETTING = 'signing_key';

/** The API key in `dataDir`, which the gateway reads; made on first use, in a file that only the owner reads. */
export async function loadApiKey(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'api-key');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.trim()) return known.trim();
  const key = `sk_${randomBytes(24).toString('base64url')}`;
  // Written aside and renamed, so that a crash never leaves half a key behind.
  await writeFile(`${file}.new`, `${key}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return key;
}

/**
 * The key that signs object URLs, kept in the database: all processes have the same one. Version 0.1 kept it in `dataDir`, from
 * where it is taken.
 */
export async function loadSigningKey(db: Db, dataDir: string): Promise<string> {
  const known = await readFile(path.join(dataDir, 'signing-key'), 'utf8').catch(() => '');
  const value = known.trim() || randomBytes(32).toString('base64url');
  await db
    .insertInto('settings')
    .values({ name: SIGNING_KEY_SETTING, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', SIGNING_KEY_SETTING)
    .executeTakeFirstOrThrow();
  return row.value;
}
