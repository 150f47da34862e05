import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { type Connection, integrationsSchema, type Push } from '../../src/api/contracts/integrations.ts';
import { indexStatusSchema, servingModelSchema } from '../../src/api/contracts/models.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { startQdrant } from '../databases/qdrant-server.ts';
import { makeTinyClip } from '../models/tiny-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { integrationsClient } from './integrations-client.ts';

const TINY = 'tiny/clip fp32';
let folders: string[];
let studio: Studio;
let qdrant: Awaited<ReturnType<typeof startQdrant>>;
let videoIds: string[];

const { call, connect } = integrationsClient(() => studio.url);
const soon = { timeout: 30_000, interval: 100 };

const ask = (method: string, address: string, body?: unknown) =>
  fetch(`${studio.platformUrl}${address}`, {
    method,
    headers: { 'x-api-key': studio.apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const getPush = async (id: string) =>
  integrationsSchema.parse((await call('/')).body).pushes.find((push) => push.id === id);

async function push(connection: Connection): Promise<Push> {
  const { body } = await call<Push>(`/connections/${connection.id}/pushes`, 'POST', { video_ids: videoIds });
  return ended(body.id);
}

async function ended(id: string): Promise<Push> {
  await expect.poll(async () => (await getPush(id))?.status, soon).not.toBe('running');
  const push = await getPush(id);
  if (!push) throw new Error('The push is not there.');
  return push;
}

beforeAll(async () => {
  const modelsDir = await mkdtemp(path.join(tmpdir(), 'mikshi-stale-models-'));
  const tiny = await makeTinyClip();
  folders = [modelsDir, tiny];
  await cp(tiny, path.join(modelsDir, 'tiny/clip'), { recursive: true });
  qdrant = await startQdrant();
  studio = await startStudio({ env: { MODELS_DIR: modelsDir } });
  const platform = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  const second = await uploadAndWait(platform, await timecodeClip(8), 'Second');
  await processAndWait(platform, second);
  videoIds = [(await processedClip(platform)).video_id, second];
});
afterAll(async () => {
  await studio.stop();
  await qdrant.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

const getServing = async () => servingModelSchema.parse(await (await ask('GET', '/local/index/model')).json()).model;
const getVector = (index: string) => qdrant.rows(index)[0]?.vector;

test('a push keeps the model of its vectors, and pushing again after a switch replaces them', async () => {
  const connection = await connect({ kind: 'qdrant', name: 'Qdrant', url: qdrant.url, index: 'pushed' });
  expect(await getServing()).toBe('local');
  expect(await push(connection)).toMatchObject({ status: 'done', model: 'local' });
  const before = getVector('pushed');
  await ask('POST', '/local/index/next', { model: TINY });
  const getNext = async () => indexStatusSchema.parse(await (await ask('GET', '/local/index')).json()).next?.state;
  await expect.poll(getNext, soon).toBe('ready');
  expect((await ask('POST', '/local/index/switch')).status).toBe(200);
  expect(await getServing()).toBe(TINY);
  const again = await push(connection);
  expect(again).toMatchObject({ status: 'done', model: TINY });
  expect(qdrant.rows('pushed')).toHaveLength(again.rows);
  expect(getVector('pushed')).not.toEqual(before);
});

test('a push that was stopped before a switch does not go on with vectors of another model', async () => {
  const connection = await connect({ kind: 'qdrant', name: 'Qdrant', url: qdrant.url, index: 'stopped' });
  const model = await getServing();
  const release = qdrant.holdWrites(0);
  const { body } = await call<Push>(`/connections/${connection.id}/pushes`, 'POST', { video_ids: videoIds });
  await expect.poll(() => qdrant.held()).toBe(1);
  await call(`/pushes/${body.id}/cancel`, 'POST');
  release();
  // The video that was being written is confirmed.
  expect(await ended(body.id)).toMatchObject({ status: 'cancelled', model, done_ids: videoIds.slice(0, 1) });
  expect((await ask('POST', '/local/index/switch')).status).toBe(200);
  await call(`/pushes/${body.id}/resume`, 'POST');
  expect(await ended(body.id)).toMatchObject({
    status: 'failed',
    model,
    done_ids: videoIds.slice(0, 1),
    error: expect.stringContaining('Push again'),
  });
});
