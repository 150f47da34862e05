import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, type Db, openDatabase } from '../db/database.ts';
import { getStageStates } from '../db/stages.ts';
import type { Stage } from '../db/tables.ts';
import { initiatePipeline } from '../modules/pipelines/initiate-pipeline.ts';
import { createVideo } from '../modules/uploads/create-video.ts';
import { trashVideo } from '../modules/videos/trash.ts';
import { LeaseLostError, MAX_TRIES, type StageJob, StageQueue } from './stage-queue.ts';

let folder: string;
let database: Database;
let db: Db;
let queue: StageQueue;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stage-queue-'));
  database = await openDatabase(folder, undefined);
  db = database.db;
  queue = new StageQueue(db);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await db.deleteFrom('videos').execute();
  await db.deleteFrom('owner_turns').execute();
});

async function addVideo(owner = 'anna'): Promise<string> {
  const videoId = randomUUID();
  const video = { videoId, owner, objectName: 'o', name: 'A video', useDynamicHls: false };
  await createVideo(db, video, { key: 'source', bytes: 10 });
  return videoId;
}

async function claim(stage: Stage, busyOwners: string[] = []): Promise<StageJob> {
  const job = await queue.claim(stage, busyOwners);
  if (!job) throw new Error(`No ${stage} is ready.`);
  return job;
}

const getState = async (videoId: string, stage: Stage) => (await getStageStates(db, [videoId])).get(videoId)?.[stage];

/** Makes every lease lapse, as if its worker had died a while ago. */
const lapse = () => db.updateTable('stages').set({ leased_until: sql<Date>`now() - interval '1 second'` }).execute();
const skipDelay = () => db.updateTable('stages').set({ run_after: sql<Date>`now()` }).execute();

/** A video that is transcoded and has been through both pipelines. */
async function addProcessed(): Promise<string> {
  const videoId = await addVideo();
  for (const stage of ['thumbnails', 'transcode', 'hls'] as const) await queue.complete(await claim(stage), null);
  for (const stage of ['analyse', 'search'] as const) await initiatePipeline(db, { videoId, owner: 'anna' }, stage);
  for (const stage of ['observe', 'analyse', 'search'] as const) await queue.complete(await claim(stage), null);
  return videoId;
}

test('a claimed stage is not claimed again while its lease lasts', async () => {
  await addVideo();
  await claim('transcode');
  expect(await queue.claim('transcode', [])).toBeNull();
});

test('a stage whose lease has lapsed is taken over, and the first worker can write nothing any more', async () => {
  const videoId = await addVideo();
  const first = await claim('transcode');
  await lapse();
  const second = await claim('transcode');
  expect(second).toMatchObject({ videoId, attempt: first.attempt + 1 });
  expect(await queue.renew(first, 50)).toBe(false);
  await expect(queue.complete(first, { bytes: 1 })).rejects.toBeInstanceOf(LeaseLostError);
  await queue.fail(first, 'Too late.', true);
  expect(await getState(videoId, 'transcode')).toMatchObject({ status: 'in_progress', error: null, output: null });
  await queue.complete(second, { bytes: 2 });
  expect(await getState(videoId, 'transcode')).toMatchObject({ status: 'completed', output: { bytes: 2 } });
});

test('what a stage publishes and its completion are one transaction', async () => {
  const videoId = await addVideo();
  const job = await claim('transcode');
  await expect(
    queue.complete(job, { bytes: 1 }, async (trx) => {
      await trx.updateTable('videos').set({ name: 'Changed' }).where('video_id', '=', videoId).execute();
      throw new Error('the disk is full');
    }),
  ).rejects.toThrow('the disk is full');
  expect(await getState(videoId, 'transcode')).toMatchObject({ status: 'in_progress' });
  const { name } = await db.selectFrom('videos').select('name').executeTakeFirstOrThrow();
  expect(name).toBe('A video');
});

test('a stage waits for the one before it, and is ready in the same moment', async () => {
  const videoId = await addVideo();
  expect(await queue.claim('hls', [])).toBeNull();
  await queue.complete(await claim('transcode'), null);
  expect(await queue.claim('hls', [])).toMatchObject({ videoId, stage: 'hls' });
});

test('a failed attempt is repeated after a while, and the last one fails what waits for the stage, too', async () => {
  const videoId = await addVideo();
  for (let attempt = 1; attempt < MAX_TRIES; attempt += 1) {
    await queue.fail(await claim('transcode'), 'The encoder stopped.', false);
    expect(await queue.claim('transcode', [])).toBeNull();
    expect(await getState(videoId, 'transcode')).toMatchObject({ status: 'pending', error: null });
    await skipDelay();
  }
  await queue.fail(await claim('transcode'), 'The encoder stopped.', false);
  for (const stage of ['transcode', 'hls'] as const) {
    expect(await getState(videoId, stage)).toMatchObject({ status: 'failed', error: 'The encoder stopped.' });
  }
  expect(await getState(videoId, 'thumbnails')).toMatchObject({ status: 'pending' });
});

test('a stage that no worker survives fails in the end', async () => {
  const videoId = await addVideo();
  for (let death = 0; death < 11; death += 1) {
    await claim('transcode');
    await lapse();
  }
  expect(await queue.claim('transcode', [])).toBeNull();
  await queue.failRepeatedCrashes();
  expect(await getState(videoId, 'transcode')).toMatchObject({ status: 'failed' });
  expect((await getState(videoId, 'transcode'))?.error).toMatch(/ended the program each time/);
});

test('owners take turns, however many videos one of them has', async () => {
  for (let index = 0; index < 3; index += 1) await addVideo('anna');
  await addVideo('ben');
  const owners = [];
  for (let index = 0; index < 4; index += 1) owners.push((await claim('thumbnails')).owner);
  expect(owners.slice(0, 2).sort()).toEqual(['anna', 'ben']);
  expect(owners.slice(2)).toEqual(['anna', 'anna']);
});

test('a worker that is busy for an owner serves the others only', async () => {
  await addVideo('anna');
  await addVideo('ben');
  expect(await claim('transcode', ['anna'])).toMatchObject({ owner: 'ben' });
  expect(await queue.claim('transcode', ['anna', 'ben'])).toBeNull();
});

test('a deleted video is not worked on, and goes on once it is restored', async () => {
  const videoId = await addVideo();
  const running = await claim('transcode');
  await trashVideo(db, videoId);
  expect(await queue.renew(running, 1)).toBe(false);
  expect(await queue.claim('transcode', [])).toBeNull();
  await db.updateTable('videos').set({ deleted_at: null }).execute();
  expect(await claim('transcode')).toMatchObject({ videoId });
});

test('six requests to process a video make one job', async () => {
  const videoId = await addVideo();
  await queue.complete(await claim('transcode'), null);
  await Promise.all(Array.from({ length: 6 }, () => initiatePipeline(db, { videoId, owner: 'anna' }, 'analyse')));
  await queue.complete(await claim('observe'), null);
  await queue.complete(await claim('analyse'), null);
  expect(await queue.claim('observe', [])).toBeNull();
  expect(await queue.claim('analyse', [])).toBeNull();
});

test('both pipelines wait for one observation and show its progress as theirs', async () => {
  const videoId = await addVideo();
  await queue.complete(await claim('transcode'), null);
  for (const stage of ['analyse', 'search'] as const) await initiatePipeline(db, { videoId, owner: 'anna' }, stage);
  const job = await claim('observe');
  await queue.renew(job, 50);
  expect(await getState(videoId, 'search')).toMatchObject({ status: 'in_progress', percentage: 45 });
  await queue.complete(job, null);
  expect(await getState(videoId, 'search')).toMatchObject({ status: 'in_progress', percentage: 90 });
  expect(await queue.claim('observe', [])).toBeNull();
});

test('a pipeline that has completed observes again when asked, and stays published meanwhile', async () => {
  const videoId = await addProcessed();
  for (const stage of ['analyse', 'search'] as const) await initiatePipeline(db, { videoId, owner: 'anna' }, stage);
  expect(await getState(videoId, 'search')).toMatchObject({ status: 'pending', isPublished: true });
  await queue.fail(await claim('observe'), 'Damaged.', true);
  expect(await getState(videoId, 'search')).toMatchObject({ status: 'failed', error: 'Damaged.', isPublished: true });
});
