import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait } from '../clips/processed-clip.ts';
import { InterruptibleProxy } from '../services/interruptible-proxy.ts';
import { s3Environment } from '../services/test-bucket.ts';
import { type Cluster, startCluster } from './cluster.ts';

/** The database or the bucket is away for half a minute while a video is uploaded and processed. */

const OUTAGE_MS = 30_000;

const toTarget = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) });
const database = new InterruptibleProxy(toTarget(process.env.TEST_DATABASE_URL ?? 'http://none:1'));
const bucket = new InterruptibleProxy(toTarget(s3Environment.S3_ENDPOINT));

let cluster: Cluster;
let client: Client;

beforeAll(async () => {
  await Promise.all([database.open(), bucket.open()]);
  cluster = await startCluster({ apis: 1, workers: 1, proxies: { database: database.port, s3: bucket.port } });
  const [api] = cluster.apis;
  if (!api) throw new Error('No API was started.');
  client = api.client();
});
afterAll(async () => {
  await cluster?.stop();
  await Promise.all([database.interrupt(), bucket.interrupt()]);
});

test.each([
  ['database', database],
  ['bucket', bucket],
] as const)('a video is processed although the %s is away in between', async (name, proxy) => {
  const { video_id } = await uploadPath(client, await timecodeClip(30), { name });
  const getStatus = async () => (await client.videos.get(video_id)).transcoding_status;
  await expect.poll(getStatus, { interval: 20 }).toBe('in_progress');
  await proxy.interrupt();
  // This long, not for something to happen.
  await pause(OUTAGE_MS);
  const during = await fetch(`${cluster.apis[0]?.url}/readyz`);
  expect(during.status).toBe(503);
  expect(await during.json()).toMatchObject({ failed: [name === 'bucket' ? 'objects' : 'database'] });
  await proxy.open();
  await expect
    .poll(async () => (await client.videos.get(video_id).catch(() => null))?.hls_generation_status, {
      timeout: 120_000,
    })
    .toBe('completed');
  await processAndWait(client, video_id);
  expect((await client.search.search('red', { videoIds: [video_id] })).length).toBeGreaterThan(0);
  // Nobody had to be started again.
  for (const node of [...cluster.apis, ...cluster.workers]) expect(node.output.match(/ ready /g)).toHaveLength(1);
});
