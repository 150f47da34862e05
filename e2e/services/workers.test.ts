import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../server/platform/db/database.ts';
import { createVideo } from '../../server/platform/modules/uploads/create-video.ts';
import { trashVideo } from '../../server/platform/modules/videos/trash.ts';
import { createTestDatabase } from './test-database.ts';

/** Several worker processes on one Postgres. */

const WORKER = fileURLToPath(new URL('./queue-worker.ts', import.meta.url));

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
let workers: ChildProcess[] = [];
/** What the workers have said: time, worker, what, video, attempt. */
let events: { at: number; worker: string; what: string; videoId: string; attempt: number }[] = [];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase('', testDatabase.url);
  workers = [];
  events = [];
});
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await database.close();
  await testDatabase.drop();
});

function startWorker(name: string, durationMs: number): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', WORKER, testDatabase.url, name, String(durationMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      const [at = '', worker = '', what = '', videoId = '', attempt = ''] = line.split(' ');
      events.push({ at: Number(at), worker, what, videoId, attempt: Number(attempt) });
    }
  });
  workers.push(child);
  return child;
}

async function addVideo(owner = 'anna'): Promise<string> {
  const videoId = randomUUID();
  const video = { videoId, owner, objectName: 'o', name: 'A video', useDynamicHls: false };
  await createVideo(database.db, video, { key: 'source', bytes: 1 });
  return videoId;
}

const find = (what: string, worker?: string) =>
  events.find((event) => event.what === what && (worker === undefined || event.worker === worker));
const waitFor = (what: string, worker?: string, timeout = 40_000) =>
  expect.poll(() => find(what, worker), { timeout }).toBeDefined();

test('a stage of a worker that was killed runs elsewhere within 30 s', async () => {
  await addVideo();
  const first = startWorker('first', 60_000);
  await waitFor('begins', 'first');
  first.kill('SIGKILL');
  const killedAt = Date.now();
  startWorker('second', 10);
  await waitFor('publishes', 'second');
  expect((find('begins', 'second')?.at ?? Number.POSITIVE_INFINITY) - killedAt).toBeLessThan(30_000);
  expect(find('begins', 'second')?.attempt).toBe(2);
});

test('a worker that was asleep and wakes up publishes nothing', async () => {
  await addVideo();
  const zombie = startWorker('zombie', 3_000);
  await waitFor('begins', 'zombie');
  zombie.kill('SIGSTOP');
  startWorker('other', 10);
  await waitFor('publishes', 'other');
  zombie.kill('SIGCONT');
  await waitFor('discards', 'zombie');
  expect(find('publishes', 'zombie')).toBeUndefined();
});

test('three workers run sixty stages, each once', async () => {
  for (const name of ['a', 'b', 'c']) startWorker(name, 50);
  for (const name of ['a', 'b', 'c']) await waitFor('ready', name);
  for (let index = 0; index < 60; index += 1) await addVideo(`owner-${index % 7}`);
  const published = () => events.filter(({ what }) => what === 'publishes');
  await expect.poll(() => published().length, { timeout: 60_000 }).toBe(60);
  expect(new Set(published().map(({ videoId }) => videoId)).size).toBe(60);
  expect(events.filter(({ what }) => what === 'begins')).toHaveLength(60);
  expect(new Set(published().map(({ worker }) => worker)).size).toBe(3);
});

test('a deleted video is no longer worked on within a second', async () => {
  const videoId = await addVideo();
  startWorker('worker', 60_000);
  await waitFor('begins', 'worker');
  const deletedAt = Date.now();
  await trashVideo(database.db, videoId);
  await waitFor('discards', 'worker', 5_000);
  expect((find('discards')?.at ?? Number.POSITIVE_INFINITY) - deletedAt).toBeLessThan(1_000);
});
