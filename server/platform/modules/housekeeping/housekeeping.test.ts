import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { LocalDiskStore } from '../../objects/local-disk-store.ts';
import { getPrimaryOwner } from '../../owners.ts';
import { createVideo } from '../uploads/create-video.ts';
import { keepHouse } from './housekeeping.ts';

const DAY_MS = 24 * 3_600_000;

let folder: string;
let database: Database;
let store: LocalDiskStore;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'housekeeping-'));
  database = await openDatabase(folder, undefined);
  store = new LocalDiskStore(folder);
  await store.open();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function addVideoRow(videoId: string): Promise<void> {
  const video = { videoId, owner: 'anna', objectName: 'o', name: 'A video', useDynamicHls: false };
  await createVideo(database.db, video, { key: 'source-1', bytes: 1 });
}

/** A video with these entries in its folder, all of them as old as is said. */
async function addVideo(entries: readonly string[], ageMs: number): Promise<string> {
  const videoId = randomUUID();
  await addVideoRow(videoId);
  await mkdir(store.getPath(videoId), { recursive: true });
  const time = (Date.now() - ageMs) / 1000;
  for (const entry of entries) {
    await writeFile(store.getPath(`${videoId}/${entry}`), '');
    await utimes(store.getPath(`${videoId}/${entry}`), time, time);
  }
  return videoId;
}

const keep = (now = Date.now()) => keepHouse({ db: database.db, store, uploadTtlMs: 7 * DAY_MS, now: () => now });
const list = async (videoId: string) => (await readdir(store.getPath(videoId))).sort();

test('what was superseded today stays, however old it is, and goes a day later', async () => {
  const videoId = await addVideo(['source-1', 'transcode-1', 'transcode-2'], 30 * DAY_MS);
  await database.db
    .updateTable('stages')
    .set({
      status: 'completed',
      attempt: 2,
      published_at: sql<Date>`now()`,
      output: JSON.stringify({ renditions: [{ file: 'transcode-2/720p.mp4' }] }),
    })
    .where('video_id', '=', videoId)
    .where('stage', '=', 'transcode')
    .execute();
  await keep();
  expect(await list(videoId)).toEqual(['source-1', 'transcode-1', 'transcode-2']);
  await keep(Date.now() + 2 * DAY_MS);
  expect(await list(videoId)).toEqual(['source-1', 'transcode-2']);
});

test('direct uploads that broke off are removed after a day', async () => {
  const videoId = await addVideo(['source-1', 'direct-17', 'direct-18.incoming'], 2 * DAY_MS);
  await writeFile(store.getPath(`${videoId}/direct-19.incoming`), '');
  await keep();
  expect(await list(videoId)).toEqual(['direct-19.incoming', 'source-1']);
});

test('objects of a video that no row knows are deleted a week after they were found', async () => {
  const videoId = randomUUID();
  await mkdir(store.getPath(videoId));
  await writeFile(store.getPath(`${videoId}/source-1`), '');
  await keep();
  await keep(Date.now() + 6 * DAY_MS);
  expect(await list(videoId)).toEqual(['source-1']);
  await keep(Date.now() + 8 * DAY_MS);
  await expect(list(videoId)).rejects.toThrow('ENOENT');
});

test('objects that were found without a row are kept when the row comes back', async () => {
  const videoId = randomUUID();
  await mkdir(store.getPath(videoId));
  await keep();
  await addVideoRow(videoId);
  await keep(Date.now() + 8 * DAY_MS);
  expect(await list(videoId)).toEqual([]);
});

test('an owner who has nothing but an upload keeps it with the key that made it', async () => {
  await database.db.deleteFrom('videos').execute();
  await database.db.deleteFrom('credits').execute();
  const upload = { video_id: randomUUID(), object_name: 'o', filename: 'a', content_type: 'b', etag: null };
  await database.db
    .insertInto('uploads')
    .values({ upload_id: 'u', owner: 'a-digest-of-a-key', ...upload })
    .execute();
  expect(await getPrimaryOwner(database.db, 'another-key', [])).toBe('a-digest-of-a-key');
});
