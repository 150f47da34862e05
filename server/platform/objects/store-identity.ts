import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { ObjectNotFoundError, type ObjectStore } from './object-store.ts';
import type { Scratch } from './scratch.ts';

const SETTING = 'database_id';
const KEY = '.store.json';
const fileSchema = z.object({ database_id: z.uuid() });

async function readStoreId(store: ObjectStore): Promise<string | null> {
  try {
    return fileSchema.parse(JSON.parse(await text((await store.get(KEY)).stream))).database_id;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}

async function listVideoIds(store: ObjectStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const name of store.listFolders()) if (z.uuid().safeParse(name).success) ids.push(name);
  return ids;
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
async function isOurs(db: Db, ids: readonly string[]): Promise<boolean> {
  const isNamed = sql<string>`any(${[...ids]}::uuid[])`;
  const known = await db.selectFrom('videos').select('video_id').where('video_id', '=', isNamed).limit(1).execute();
  const uploaded = await db.selectFrom('uploads').select('video_id').where('video_id', '=', isNamed).limit(1).execute();
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
export async function claimStore(db: Db, store: ObjectStore, scratch: Scratch): Promise<void> {
  const [storeId, databaseId] = await Promise.all([readStoreId(store), readDatabaseId(db)]);
  if (storeId === databaseId) return;
  const ids = await listVideoIds(store);
  if (ids.length === 0 && (await hasObjects(db))) {
    throw new Error(
      `The connected database has videos, but their files are not in ${store.description}. Set DATA_DIR or S3_BUCKET to where they are, or connect another database (DATABASE_URL). Nothing was changed.`,
    );
  }
  if (ids.length > 0 && !(storeId === null && (await isOurs(db, ids)))) {
    throw new Error(
      `The videos in ${store.description} belong to another database than the one that is connected. Connect that database again (DATABASE_URL), or set DATA_DIR or S3_BUCKET to another place. Nothing was changed.`,
    );
  }
  await scratch.use(async (folder) => {
    const file = path.join(folder, 'store.json');
    await writeFile(file, JSON.stringify({ database_id: databaseId }));
    await store.put(KEY, file);
  });
}
