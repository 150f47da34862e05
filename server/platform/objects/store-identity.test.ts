import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { LocalDiskStore } from './local-disk-store.ts';
import { Scratch } from './scratch.ts';
import { claimStore } from './store-identity.ts';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-identity-'));
  database = await openDatabase(folder, undefined);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function createStore(name: string): Promise<LocalDiskStore> {
  const store = new LocalDiskStore(path.join(folder, name));
  await store.open();
  return store;
}

test('an empty store is not taken for that of a database with videos', async () => {
  const scratch = await Scratch.open(path.join(folder, 'scratch'));
  const own = await createStore('own');
  await claimStore(database.db, own, scratch);
  const upload = { upload_id: 'u', owner: 'anna', video_id: randomUUID(), object_name: 'o', filename: 'a' };
  await database.db
    .insertInto('uploads')
    .values({ ...upload, content_type: 'video/mp4', etag: '"e"' })
    .execute();
  const other = await createStore('other');
  await expect(claimStore(database.db, other, scratch)).rejects.toThrow('their files are not in');
  expect(await readdir(other.objects)).toEqual([]);
  await claimStore(database.db, own, scratch);
});
