import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import type { StageStatus } from '../../db/tables.ts';
import { claimOwners } from './map-ahead.ts';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'map-ahead-'));
  database = await openDatabase(folder, undefined);
}, 60_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await database.db.deleteFrom('videos').execute();
  await database.db.deleteFrom('whole_maps').execute();
});

const MINUTE_MS = 60_000;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);

/** A video whose search stage completed that long ago, if it has. */
async function addVideo(owner: string, { minutes, status = 'completed' }: { minutes?: number; status?: StageStatus }) {
  const video_id = randomUUID();
  const { db } = database;
  await db
    .insertInto('videos')
    .values({ video_id, owner, name: 'A video', object_name: 'o', use_dynamic_hls: false })
    .execute();
  const published_at = minutes === undefined ? null : minutesAgo(minutes);
  await db
    .insertInto('stages')
    .values({ video_id, owner, stage: 'search', status, error: null, published_at })
    .execute();
}

const openMap = (owner: string, minutes: number) =>
  database.db
    .insertInto('whole_maps')
    .values({ owner, prepared_at: minutesAgo(minutes) })
    .execute();

test('a map that was opened is due once new videos are searchable, for one caller', async () => {
  await openMap('anna', 5);
  await addVideo('anna', { minutes: 10 });
  expect(await claimOwners(database)).toEqual([]);
  await addVideo('anna', { minutes: 1 });
  expect(await claimOwners(database)).toEqual(['anna']);
  expect(await claimOwners(database)).toEqual([]);
});

test('a map that nobody has opened is not computed ahead', async () => {
  await addVideo('anna', { minutes: 1 });
  await openMap('berta', 5);
  expect(await claimOwners(database)).toEqual([]);
});

test('while more videos are being processed, it waits', async () => {
  await openMap('anna', 5);
  await addVideo('anna', { minutes: 1 });
  await addVideo('anna', { status: 'in_progress' });
  await addVideo('berta', { status: 'pending' });
  expect(await claimOwners(database)).toEqual([]);
  await database.db.updateTable('stages').set({ status: 'failed' }).where('owner', '=', 'anna').execute();
  expect(await claimOwners(database)).toEqual(['anna']);
});
