import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase } from '../e2e/services/test-database.ts';
import { openDatabase } from '../server/platform/db/database.ts';
import { createVideo } from '../server/platform/modules/uploads/create-video.ts';
import { record } from './record.ts';

/**
 * Two workers against one, on a stage that waits instead of computing (this machine has no processors to spare): what the queue
 * itself lets through. `TEST_DATABASE_URL=… node --import tsx bench/workers.ts`.
 */
const VIDEOS = 60;
const OWNERS = 10;
const STAGE_MS = 500;

/** Stages per second that some workers complete. */
async function measure(workers: number): Promise<number> {
  const test = await createTestDatabase();
  const database = await openDatabase('', test.url);
  const children: ChildProcess[] = Array.from({ length: workers }, (_, index) =>
    spawn(
      process.execPath,
      ['--import', 'tsx', 'e2e/services/queue-worker.ts', test.url, `worker-${index}`, String(STAGE_MS)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  );
  let said = '';
  for (const child of children)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const count = (what: string) => said.split('\n').filter((line) => line.includes(` ${what} `)).length;
  while (count('ready') < workers) await pause(20);
  for (let index = 0; index < VIDEOS; index += 1) {
    const videoId = randomUUID();
    const video = {
      videoId,
      owner: `owner-${index % OWNERS}`,
      objectName: videoId,
      name: 'A video',
      useDynamicHls: false,
    };
    await createVideo(database.db, video, { key: 'source', bytes: 1 });
  }
  const startedAt = performance.now();
  const before = count('publishes');
  while (count('publishes') < VIDEOS) await pause(20);
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = (VIDEOS - before) / seconds;
  for (const child of children) child.kill('SIGKILL');
  await database.close();
  await test.drop();
  return rate;
}

const one = await measure(1);
const two = await measure(2);
record({
  what: `stages of ${STAGE_MS} ms that compute nothing, ${VIDEOS} videos of ${OWNERS} owners: two workers`,
  reference: `one worker, ${one.toFixed(2)} per second`,
  measured: `${two.toFixed(2)} per second`,
  ratio: two / one,
  target: '≥ 1.7 ×',
  met: two / one >= 1.7,
});
process.exit(0);
