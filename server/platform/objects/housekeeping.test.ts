import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { createVideo } from '../modules/uploads/create-video.ts';
import { getPrimaryOwner } from '../owners.ts';
import { keepHouse } from './housekeeping.ts';
import { Layout } from './layout.ts';

const DAY_MS = 24 * 3_600_000;

let folder: string;
let database: Database;
let layout: Layout;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'housekeeping-'));
  database = await openDatabase(folder, undefined);
  layout = new Layout(folder);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** A video with these entries in its folder, all of them as old as is said. */
async function addVideo(entries: readonly string[], ageMs: number): Promise<string> {
  const videoId = randomUUID();
  const video = { videoId, owner: 'anna', objectName: 'o', name: 'A video', useDynamicHls: false };
  await createVideo(database.db, video, { key: 'source-1', bytes: 1 });
  await mkdir(layout.video(videoId), { recursive: true });
  const time = (Date.now() - ageMs) / 1000;
  for (const entry of entries) {
    await writeFile(layout.file(videoId, entry), '');
    await utimes(layout.file(videoId, entry), time, time);
  }
  return videoId;
}

const keep = (now = Date.now()) => keepHouse({ db: database.db, layout, uploadTtlMs: 7 * DAY_MS, now: () => now });
const list = async (videoId: string) => (await readdir(layout.video(videoId))).sort();

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
  await writeFile(layout.file(videoId, 'direct-19.incoming'), '');
  await keep();
  expect(await list(videoId)).toEqual(['direct-19.incoming', 'source-1']);
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
