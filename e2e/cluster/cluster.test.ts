import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Cluster, type Node, startCluster } from './cluster.ts';

/** Two of each program on one database and one bucket: whichever answers, whichever dies, nothing acknowledged is lost. */

/** How often a worker is killed; more in a soak. */
const KILLS = Number(process.env.CLUSTER_KILLS ?? 4);

let cluster: Cluster;
let apiA: Node;
let apiB: Node;

beforeAll(async () => {
  cluster = await startCluster();
  const [first, second] = cluster.apis;
  if (!first || !second) throw new Error('Two APIs are needed.');
  [apiA, apiB] = [first, second];
});
afterAll(() => cluster?.stop());

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: cluster.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const getAttempt = async (videoId: string, stage: string) => {
  const [row] = await query<{ attempt: number; status: string }>(
    'select attempt, status from stages where video_id = $1 and stage = $2',
    [videoId, stage],
  );
  return row;
};

const isPlayable = async (node: Node, client: Client, videoId: string) => {
  const { hls_playlist_path } = await client.videos.get(videoId);
  const headers = { 'x-api-key': 'sk_of_the_cluster' };
  const master = await fetch(hls_playlist_path ?? '', { headers });
  expect(master.status).toBe(200);
  const [playlist = ''] = (await master.text()).split('\n').filter((line) => line.endsWith('.m3u8'));
  expect(hls_playlist_path).toContain(node.url);
  const base = new URL(playlist, hls_playlist_path ?? '');
  const media = await (await fetch(base, { headers })).text();
  const [fragment = ''] = media.split('\n').filter((line) => line.endsWith('.m4s'));
  const part = await fetch(new URL(fragment, base), { headers: { ...headers, range: 'bytes=4-7' } });
  expect(part.status).toBe(206);
  // A fragment begins with the box "styp" or "moof".
  expect(await part.text()).toMatch(/styp|moof|sidx/);
};

test('an upload goes through any of the APIs, its parts straight to the bucket', async () => {
  const [a, b] = [apiA.client(), apiB.client()];
  const clip = await readFile(await timecodeClip(8));
  const started = await a.uploads.initiateMultipart('clip.mp4', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const { url } = await b.uploads.getPartUrl(ref, 1);
  expect(new URL(url).host).toBe(new URL(cluster.env.S3_ENDPOINT ?? '').host);
  const put = await fetch(url, { method: 'PUT', body: new Uint8Array(clip) });
  expect(put.status).toBe(200);
  const parts = [{ part_number: 1, etag: put.headers.get('etag') ?? '' }];
  expect(await a.uploads.listParts(ref)).toEqual(parts);
  const answers = await Promise.all([a, b, a, b].map((client) => client.uploads.completeMultipart(ref, parts)));
  expect(new Set(answers.map(({ etag }) => etag)).size).toBe(1);
  const video = { s3ObjectName: ref.s3ObjectName, videoId: started.video_id, name: 'Shared' };
  await Promise.all([a, b].map((client) => client.uploads.preprocess(video)));
  await expect
    .poll(async () => (await b.videos.get(started.video_id)).hls_generation_status, { timeout: 60_000 })
    .toBe('completed');
  await processAndWait(b, started.video_id);
  for (const [node, client] of [
    [apiA, a],
    [apiB, b],
  ] as const) {
    await isPlayable(node, client, started.video_id);
    expect((await client.search.search('red', { videoIds: [started.video_id] })).length).toBeGreaterThan(0);
    const [hit] = await client.search.search('red', { videoIds: [started.video_id] });
    expect((await fetch(hit?.thumbnail_url ?? '')).headers.get('content-type')).toBe('image/jpeg');
  }
  // The map that one has computed is what the other one gives.
  const scope = { videoIds: [started.video_id] };
  expect((await b.search.visualize(scope)).points).toEqual(
    (await a.search.visualize(scope)).points.map((point) => ({ ...point, thumbnail_url: expect.any(String) })),
  );
});

test('workers that are killed at any moment leave no stage undone, and none done twice', async () => {
  const client = apiA.client();
  const ids = await Promise.all(
    [4, 8, 12, 16].map(
      async (seconds) => (await uploadPath(client, await timecodeClip(seconds), { name: `${seconds} s` })).video_id,
    ),
  );
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(Math.random() * 4_000);
    await cluster.workers[kill % 2]?.restart('SIGKILL');
  }
  for (const id of ids) {
    await expect
      .poll(async () => (await client.videos.get(id)).hls_generation_status, { timeout: 120_000 })
      .toBe('completed');
    await processAndWait(client, id);
    await isPlayable(apiA, client, id);
  }
  const charges = await query("select request_key from credits where kind = 'storage' and request_key = any($1)", [
    ids.map((id) => `storage:${id}`),
  ]);
  expect(charges).toHaveLength(ids.length);
});

test('a worker that slept through its lease publishes nothing', async () => {
  const client = apiA.client();
  const [first, second] = cluster.workers;
  await second?.stop();
  const { video_id } = await uploadPath(client, await timecodeClip(30), { name: 'Slept' });
  await expect
    .poll(async () => (await getAttempt(video_id, 'transcode'))?.status, { interval: 20 })
    .toBe('in_progress');
  first?.signal('SIGSTOP');
  await second?.start();
  await expect
    .poll(async () => (await client.videos.get(video_id)).hls_generation_status, { timeout: 90_000 })
    .toBe('completed');
  const attempt = (await getAttempt(video_id, 'transcode'))?.attempt ?? 0;
  expect(attempt).toBeGreaterThan(1);
  first?.signal('SIGCONT');
  // It goes on where it was, finds that the stage is not its own any more, and takes the next one that comes.
  await uploadAndWait(client, await timecodeClip(4), 'Awake');
  const [row] = await query<{ output: { renditions: { file: string }[] } }>(
    "select output from stages where video_id = $1 and stage = 'transcode'",
    [video_id],
  );
  expect(row?.output.renditions[0]?.file).toContain(`transcode-${attempt}/`);
  await isPlayable(apiB, apiB.client(), video_id);
});

test('an API that is killed during an upload and a question costs a retry', async () => {
  const gateway = await cluster.add('gateway', { PLATFORM_URL: `${apiA.url},${apiB.url}` });
  const client = gateway.client(8);
  const upload = uploadPath(client, await timecodeClip(30), { name: 'Through a gateway' });
  await apiA.restart('SIGKILL');
  const { video_id } = await upload;
  await expect
    .poll(async () => (await client.videos.get(video_id)).hls_generation_status, { timeout: 90_000 })
    .toBe('completed');
  await processAndWait(client, video_id);
  // A question is not sent again by itself: asked with the same key, it is answered, and charged once.
  const idempotencyKey = randomUUID();
  const ask = () => client.chat.ask('What happens?', { videoId: video_id }, { idempotencyKey });
  const asking = ask().catch(() => null);
  await apiB.restart('SIGKILL');
  const { answer } = (await asking) ?? (await ask());
  expect(answer).not.toBe('');
  expect(await query("select from credits where kind = 'chat'")).toHaveLength(1);
  await gateway.stop();
});

test('a rolling restart under load fails no request', async () => {
  const gateway = await cluster.add('gateway', { PLATFORM_URL: `${apiA.url},${apiB.url}` });
  const client = gateway.client(2);
  const [video] = await client.videos.list({ status: 'processed', limit: 1 });
  const videoId = video?.video_id ?? '';
  let isRolling = true;
  let requests = 0;
  const load = Array.from({ length: 4 }, async () => {
    while (isRolling) {
      await client.videos.list({ limit: 5 });
      await client.search.search('red', { videoIds: [videoId] });
      requests += 2;
    }
  });
  for (const node of [apiA, apiB, ...cluster.workers]) await node.restart();
  isRolling = false;
  await Promise.all(load);
  expect(requests).toBeGreaterThan(20);
  await gateway.stop();
});
