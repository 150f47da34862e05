import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { publishFile } from './durable.ts';
import type { Layout } from './layout.ts';

const SETTING = 'database_id';
const FILE = '.store.json';
const fileSchema = z.object({ database_id: z.uuid() });

async function readStoreId(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : fileSchema.parse(JSON.parse(text)).database_id;
}

async function readDatabaseId(db: Db): Promise<string> {
  await db
    .insertInto('settings')
    .values({ name: SETTING, value: randomUUID() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirstOrThrow();
  return row.value;
}

/** True when a store from before stores had an identity can only be this database's. */
async function isOurs(db: Db, folders: readonly string[]): Promise<boolean> {
  if (folders.length === 0) return true;
  const ids = folders.filter((name) => z.uuid().safeParse(name).success);
  if (ids.length === 0) return true;
  const known = await db.selectFrom('videos').select('video_id').where('video_id', 'in', ids).limit(1).execute();
  const uploaded = await db.selectFrom('uploads').select('video_id').where('video_id', 'in', ids).limit(1).execute();
  return known.length + uploaded.length > 0;
}

/** True when a database refers to objects, which then have to be somewhere. */
async function hasObjects(db: Db): Promise<boolean> {
  const stage = await db.selectFrom('stages').select('stage').where('published_at', 'is not', null).limit(1).execute();
  const upload = await db.selectFrom('uploads').select('upload_id').where('etag', 'is not', null).limit(1).execute();
  return stage.length + upload.length > 0;
}

/**
 * Makes sure that the object store belongs to the connected database. One that belongs to another is left alone: what
 * this database does not know in it is not an orphan. Neither is an empty one taken for that of a database with videos: what
 * is waiting would be processed without its files, and fail. Throws an `Error` that says what to do.
 */
export async function claimStore(db: Db, layout: Layout): Promise<void> {
  const file = path.join(layout.objects, FILE);
  const [storeId, databaseId] = await Promise.all([readStoreId(file), readDatabaseId(db)]);
  if (storeId === databaseId) return;
  const folders = (await readdir(layout.objects)).filter((name) => !name.startsWith('.'));
  if (folders.length === 0 && (await hasObjects(db))) {
    throw new Error(
      `The connected database has videos, but their files are not in ${layout.objects}. Set DATA_DIR to the folder that they are in, or connect another database (DATABASE_URL). Nothing was changed.`,
    );
  }
  const isFree = folders.length === 0 || (storeId === null && (await isOurs(db, folders)));
  if (!isFree) {
    throw new Error(
      `The videos in ${layout.objects} belong to another database than the one that is connected. Connect that database again (DATABASE_URL), or set DATA_DIR to another folder. Nothing was changed.`,
    );
  }
  await writeFile(`${file}.new`, JSON.stringify({ database_id: databaseId }));
  await publishFile(`${file}.new`, file);
}
