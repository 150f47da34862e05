import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLogger } from '../../server/logging.ts';
import { openDatabase } from '../../server/platform/db/database.ts';
import { StageQueue } from '../../server/platform/jobs/stage-queue.ts';
import { type StageHandler, StageWorker } from '../../server/platform/jobs/stage-worker.ts';
import { Scratch } from '../../server/platform/objects/scratch.ts';

/** A worker whose stages take as long as it is told; it prints what it begins and how that ends. */
const [url = '', name = '', durationMs = '0'] = process.argv.slice(2);
const database = await openDatabase('', url);
const say = (what: string, run: { videoId: string; attempt: number }) =>
  console.log(`${Date.now()} ${name} ${what} ${run.videoId} ${run.attempt}`);

const transcode: StageHandler = async (run) => {
  say('begins', run);
  await pause(Number(durationMs), undefined, { signal: run.signal });
  return {
    output: { bytes: 1 },
    publish: async () => say('publishes', run),
  };
};
const worker = new StageWorker({
  log: createLogger('worker', 'warn'),
  database,
  queue: new StageQueue(database.db),
  scratch: await Scratch.open(path.join(tmpdir(), 'queue-workers')),
  concurrency: 2,
  // Only this kind, so that the test can follow it.
  handlers: { transcode },
  discard: async (job) => say('discards', job),
});
await worker.start();
say('ready', { videoId: '-', attempt: 0 });
