import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import type { Stage, StageStatus } from '../../db/tables.ts';
import { createVideo } from '../uploads/create-video.ts';
import { initiatePipeline, retryStage } from './initiate-pipeline.ts';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'initiate-pipeline-'));
  database = await openDatabase(folder, undefined);
}, 60_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

type States = Partial<Record<Stage, StageStatus>>;

/** A video that was transcoded, with stages in these states. */
async function addVideo(states: States) {
  const { db } = database;
  const video = { videoId: randomUUID(), owner: 'anna' };
  await createVideo(
    db,
    { ...video, objectName: 'o', name: 'A video', useDynamicHls: false },
    { key: 'source', bytes: 10 },
  );
  await db.deleteFrom('stages').where('video_id', '=', video.videoId).execute();
  for (const [stage, status] of Object.entries({ transcode: 'completed', hls: 'completed', ...states } as States)) {
    await db
      .insertInto('stages')
      .values({
        video_id: video.videoId,
        owner: video.owner,
        stage: stage as Stage,
        status,
        published_at: stage === 'transcode' || status === 'completed' ? new Date() : null,
      })
      .execute();
  }
  return video;
}

/** The stages of a video that wait or are ready, each with the one that it waits for. */
async function readWaiting({ videoId }: { videoId: string }) {
  const rows = await database.db
    .selectFrom('stages')
    .select(['stage', 'waits_for'])
    .where('video_id', '=', videoId)
    .where('status', '=', 'pending')
    .execute();
  return Object.fromEntries(rows.map(({ stage, waits_for }) => [stage, waits_for]));
}

test.each<[string, States, Record<string, Stage | null>]>([
  ['at once where nothing is in its way', {}, { observe: null, search: 'observe' }],
  ['at once where the copy was checked', { check: 'completed' }, { observe: null, search: 'observe' }],
  ['after the check of a copy', { check: 'in_progress' }, { observe: 'check', search: 'observe' }],
  [
    'after a check that has failed, which is made again',
    { check: 'failed' },
    { check: null, observe: 'check', search: 'observe' },
  ],
  [
    'after transcoding again, which has its copy checked again',
    { transcode: 'in_progress', check: 'in_progress' },
    { observe: 'transcode', search: 'observe' },
  ],
])('a video is analyzed %s', async (_, states, waiting) => {
  const video = await addVideo(states);
  await initiatePipeline(database.db, video, 'search');
  expect(await readWaiting(video)).toEqual(waiting);
});

test.each<[string, States, Record<string, Stage | null>]>([
  [
    'the check of its copy',
    { check: 'failed', observe: 'failed', search: 'failed' },
    { check: null, observe: 'check', search: 'observe' },
  ],
  [
    'its transcoding',
    { transcode: 'failed', observe: 'failed', search: 'failed' },
    { transcode: null, observe: 'transcode', search: 'observe' },
  ],
])('a pipeline that has failed with %s is tried again with it', async (_, states, waiting) => {
  const video = await addVideo(states);
  await retryStage(database.db, video, 'search');
  expect(await readWaiting(video)).toEqual(waiting);
});
