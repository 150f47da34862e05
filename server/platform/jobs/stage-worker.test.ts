import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLogger } from '../../logging.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { getStageStates } from '../db/stages.ts';
import { createVideo } from '../modules/uploads/create-video.ts';
import { Scratch } from '../objects/scratch.ts';
import { StageQueue } from './stage-queue.ts';
import { type StageHandler, StageWorker } from './stage-worker.ts';

let folder: string;
let database: Database;
let scratch: Scratch;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stage-worker-'));
  database = await openDatabase(folder, undefined);
  scratch = await Scratch.open(path.join(folder, 'scratch'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function addVideo(): Promise<string> {
  const videoId = randomUUID();
  const video = { videoId, owner: 'anna', objectName: 'o', name: 'A video', useDynamicHls: false };
  await createVideo(database.db, video, { key: 'source', bytes: 10 });
  return videoId;
}

/** Loses the connection to the database right after the first commit. */
class InterruptedQueue extends StageQueue {
  #isLost = false;
  override async complete(...completion: Parameters<StageQueue['complete']>): Promise<void> {
    await super.complete(...completion);
    if (this.#isLost) return;
    this.#isLost = true;
    throw new Error('Connection terminated unexpectedly');
  }
}

function startWorker(queue: StageQueue, transcode: StageHandler) {
  const discard = vi.fn(async () => undefined);
  const handlers = { transcode };
  const worker = new StageWorker({
    log: createLogger('worker', 'silent'),
    database,
    queue,
    scratch,
    concurrency: 2,
    handlers,
    discard,
  });
  return { worker, discard };
}

const getStatus = async (videoId: string) =>
  (await getStageStates(database.db, [videoId])).get(videoId)?.transcode?.status;

test('keeps what it published when the connection breaks during the commit', async () => {
  const videoId = await addVideo();
  const queue = new InterruptedQueue(database.db);
  const complete = vi.spyOn(queue, 'complete');
  const { worker, discard } = startWorker(queue, async () => ({ output: { bytes: 1 } }));
  await worker.start();
  await expect.poll(() => complete.mock.settledResults.length, { timeout: 10_000 }).toBe(2);
  await worker.stop();
  expect(await getStatus(videoId)).toBe('completed');
  expect(discard).not.toHaveBeenCalled();
}, 20_000);

test('discards what a failed attempt wrote', async () => {
  const videoId = await addVideo();
  const { worker, discard } = startWorker(new StageQueue(database.db), async () => {
    throw new Error('No room.');
  });
  await worker.start();
  await expect.poll(() => discard.mock.calls.length, { timeout: 10_000 }).toBe(1);
  await worker.stop();
  expect(await getStatus(videoId)).toBe('pending');
}, 20_000);
