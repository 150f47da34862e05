import { access, cp, mkdir, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import {
  comparisonSchema,
  indexStatusSchema,
  markedQueriesSchema,
  modelListSchema,
} from '../../src/api/contracts/models.ts';
import { readSegmentTimes } from '../../src/api/segment-fields.ts';
import { processAndWait, processedClip } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { type StandInHub, standInHub } from '../models/stand-in-hub.ts';
import { makeTinyClip } from '../models/tiny-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

const SIGLIP = 'tiny/siglip';
const CONFUSED = 'tiny/confused-clip';
const OTHER_KEY = 'sk_a_key_of_others';

let studio: Studio;
let hub: StandInHub;
let dataDir: string;
let folders: string[];
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const env = () => ({ MODEL_HUB_URL: hub.url, PLATFORM_API_KEYS: OTHER_KEY });

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request beside the API. */
async function send(method: string, address: string, json?: unknown, apiKey = studio.apiKey): Promise<Answer> {
  const response = await fetch(`${studio.platformUrl}${address}`, {
    method,
    headers: { 'x-api-key': apiKey, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const getModel = async (id: string) =>
  modelListSchema.parse((await send('GET', '/local/models')).body).models.find((model) => model.id === id);
const getIndex = async () => indexStatusSchema.parse((await send('GET', '/local/index')).body);
const download = (id: string) => send('POST', '/local/models', { id, precision: 'fp32' });
const soon = { timeout: 30_000, interval: 100 };
const waitForState = (id: string, state: string) =>
  expect.poll(async () => (await getModel(id))?.state, soon).toBe(state);

/** The scene that a color is found in: 1 is green, 2 is blue. */
async function findScene(query: string): Promise<number> {
  const { video_id } = await processedClip(client());
  const [hit] = await client().search.search(query, { videoIds: [video_id], topK: 3 });
  return Math.round((hit ? readSegmentTimes(hit).start : -1) / SCENE_SECONDS);
}

beforeAll(async () => {
  folders = [await makeTinyClip({ type: 'siglip' }), await makeTinyClip({ isConfused: true })];
  const [siglip = '', confused = ''] = folders;
  hub = await standInHub({ [SIGLIP]: siglip, [CONFUSED]: confused });
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-models-'));
  studio = await startStudio({ dataDir, env: env() });
  await processedClip(client());
});
afterAll(async () => {
  await studio.stop();
  hub.close();
  await Promise.all([...folders, dataDir].map((folder) => rm(folder, { recursive: true, force: true })));
});

test('models are listed by what they are for, with where they come from and whether they are there', async () => {
  const { models, can_change } = modelListSchema.parse((await send('GET', '/local/models')).body);
  expect(can_change).toBe(true);
  expect(models.find(({ id }) => id === 'local')).toMatchObject({ role: 'visual', state: 'in_use', source: null });
  expect(models.find(({ id }) => id === 'Xenova/clip-vit-base-patch32')).toMatchObject({
    state: 'not_downloaded',
    license: 'MIT',
    source: 'Xenova/clip-vit-base-patch32',
  });
});

test('only the key of the studio itself changes models', async () => {
  expect((await send('POST', '/local/models', { id: SIGLIP }, OTHER_KEY)).status).toBe(403);
  expect((await send('POST', '/local/index/next', { model: `${SIGLIP} fp32` }, OTHER_KEY)).status).toBe(403);
  expect((await send('POST', '/local/index/switch', undefined, OTHER_KEY)).status).toBe(403);
  expect((await send('DELETE', '/local/index/next', undefined, OTHER_KEY)).status).toBe(403);
});

test.each(['../../etc', 'a/b/c', 'owner/..', '/etc/passwd', 'owner\\name'])('"%s" names no model', async (id) => {
  expect((await send('POST', '/local/models', { id })).status).toBe(422);
});

describe('a download', () => {
  test.each([
    [401, /signed in/],
    [404, /has no model/],
    [429, /too often/],
    [500, /HTTP 500/],
  ])('that the hub answers with %d fails with a sentence', async (status, sentence) => {
    hub.faults.status = status;
    await download(SIGLIP);
    await waitForState(SIGLIP, 'failed');
    hub.faults.status = null;
    expect((await getModel(SIGLIP))?.error).toMatch(sentence);
  });

  test('of weights that the hub does not have says so', async () => {
    await send('DELETE', `/local/models?id=${SIGLIP}`);
    expect(await getModel(SIGLIP)).toBeUndefined();
    await send('POST', '/local/models', { id: SIGLIP, precision: 'q8' });
    await waitForState(SIGLIP, 'failed');
    expect((await getModel(SIGLIP))?.error).toMatch(/no onnx\/text_model_quantized\.onnx/);
  });

  test('that arrives damaged is not used', async () => {
    hub.faults.isCorrupt = true;
    await download(SIGLIP);
    await waitForState(SIGLIP, 'failed');
    hub.faults.isCorrupt = false;
    expect((await getModel(SIGLIP))?.error).toMatch(/damaged/);
    await expect(access(path.join(dataDir, 'models', SIGLIP))).rejects.toThrow();
  });

  test('that breaks off goes on where it was', async () => {
    hub.faults.breakAfter = 100;
    await download(SIGLIP);
    await waitForState(SIGLIP, 'ready');
    hub.faults.breakAfter = null;
    expect(hub.ranges).toContain('bytes=100-');
    expect((await getModel(SIGLIP))?.bytes).toBeGreaterThan(500);
  });
});

test('a folder that is put there by hand is a model, without a network', async () => {
  const place = path.join(dataDir, 'models', CONFUSED);
  await mkdir(path.dirname(place), { recursive: true });
  await cp(folders[1] ?? '', place, { recursive: true });
  expect(await getModel(CONFUSED)).toMatchObject({ state: 'ready', index_name: `${CONFUSED} fp32` });
});

test('a model that is not there, or does not load, is told before anything begins', async () => {
  expect(await send('POST', '/local/index/next', { model: 'nobody/nothing q8' })).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('Download it first') },
  });
  const broken = path.join(dataDir, 'models', 'tiny', 'broken');
  await cp(folders[1] ?? '', broken, { recursive: true });
  await truncate(path.join(broken, 'onnx', 'text_model.onnx'), 20);
  expect(await send('POST', '/local/index/next', { model: 'tiny/broken fp32' })).toMatchObject({
    status: 503,
    body: { message: expect.stringContaining('could not be loaded') },
  });
  expect((await getIndex()).next).toBeNull();
});

describe('an index of another model', () => {
  const waitUntilReady = () => expect.poll(async () => (await getIndex()).next?.state, soon).toBe('ready');

  test('is made beside the one that is searched, also over a kill -9, and is counted', async () => {
    expect(await send('POST', '/local/index/next', { model: `${SIGLIP} fp32` })).toMatchObject({ status: 202 });
    await studio.kill();
    studio = await startStudio({ dataDir, env: env() });
    await waitUntilReady();
    const index = await getIndex();
    expect(index).toMatchObject({ model: 'local', next: { model: `${SIGLIP} fp32`, segments: index.segments } });
    expect(index.segments).toBeGreaterThan(2);
    expect((await getModel(SIGLIP))?.state).toBe('in_use');
    expect((await send('DELETE', `/local/models?id=${SIGLIP}`)).status).toBe(409);
  });

  test('is compared with it, and marks of right and wrong hits are kept', async () => {
    const compare = async () => {
      const { body } = await send('POST', '/local/index/compare', { query: 'blue', top_k: 3 });
      return comparisonSchema.parse(body);
    };
    const { serving, next } = await compare();
    expect(serving).toHaveLength(3);
    expect(next[0]?.start_ms).toBe(2 * SCENE_SECONDS * 1000);
    const mark = { query: 'blue', segment_id: next[0]?.segment_id, is_right: true };
    expect((await send('PUT', '/local/index/marks', mark)).status).toBe(204);
    expect((await compare()).next[0]?.is_right).toBe(true);
    const { body } = await send('GET', '/local/index/marks');
    expect(markedQueriesSchema.parse(body).queries).toEqual([{ query: 'blue', marks: 1 }]);
    expect((await send('PUT', '/local/index/marks', mark, OTHER_KEY)).status).toBe(404);
    // Segments keep their ids when their video is processed again, and what people have said of them.
    await processAndWait(client(), next[0]?.video_id ?? '');
    const { body: after } = await send('GET', '/local/index/marks');
    expect(markedQueriesSchema.parse(after).queries).toEqual([{ query: 'blue', marks: 1 }]);
    await expect.poll(async () => (await getIndex()).next?.segments, soon).toBe((await getIndex()).segments);
  });

  test('takes its place at once, and one request goes back', async () => {
    expect(await send('POST', '/local/index/switch')).toMatchObject({
      status: 200,
      body: { model: `${SIGLIP} fp32`, next: { model: 'local', state: 'previous' } },
    });
    expect(await findScene('blue')).toBe(2);
    expect(await findScene('a green scene')).toBe(1);
    expect(await send('POST', '/local/index/switch')).toMatchObject({ status: 200, body: { model: 'local' } });
    expect(await send('POST', '/local/index/switch')).toMatchObject({ body: { model: `${SIGLIP} fp32` } });
  });

  test('serves after a restart, and gets the videos that are processed later', async () => {
    await studio.stop();
    studio = await startStudio({ dataDir, env: env() });
    expect(await findScene('blue')).toBe(2);
    const { video_id } = await processedClip(client());
    await processAndWait(client(), video_id);
    expect(await findScene('blue')).toBe(2);
    // The index of before gets them, too: one press goes back.
    await expect.poll(async () => (await getIndex()).next?.segments, soon).toBe((await getIndex()).segments);
  });

  test('gives way to a third one, which can be paused and cancelled', async () => {
    await send('POST', '/local/index/next', { model: `${CONFUSED} fp32` });
    expect(await send('PATCH', '/local/index/next', { is_paused: true })).toMatchObject({
      body: { next: { state: 'paused', error: null } },
    });
    expect((await send('POST', '/local/index/next', { model: 'local' })).status).toBe(409);
    await send('PATCH', '/local/index/next', { is_paused: false });
    await waitUntilReady();
    // Begun anew, it is filled anew.
    await send('DELETE', '/local/index/next');
    await send('POST', '/local/index/next', { model: `${CONFUSED} fp32` });
    await waitUntilReady();
    const index = await getIndex();
    expect(index.next?.segments).toBe(index.segments);
    await send('POST', '/local/index/switch');
    expect(await findScene('blue')).toBe(1);
    expect(await send('DELETE', '/local/index/next')).toMatchObject({ body: { next: null } });
    expect((await send('POST', '/local/index/switch')).status).toBe(404);
    expect((await send('DELETE', `/local/models?id=${SIGLIP}`)).status).toBe(204);
    expect(await getModel(SIGLIP)).toBeUndefined();
  });
});
