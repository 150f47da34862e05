import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { modelListSchema } from '../../src/api/contracts/models.ts';
import { type VideoText, videoTextSchema } from '../../src/api/contracts/transcripts.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { makeSource } from '../clips/sources/make-source.ts';
import { type StandInHub, standInHub } from '../models/stand-in-hub.ts';
import { makeTinyWhisper, TINY_WHISPER } from '../models/tiny-whisper.ts';
import { scriptedTranscriber } from '../scripted-transcriber.ts';
import { type Studio, startStudio } from '../studio.ts';

/** Speech recognition by a model of this machine: a tiny Whisper that hears the same sentence in everything. */

const WHISPER = 'tiny/whisper';
const DEFAULT = 'onnx-community/whisper-base';
const OTHER_KEY = 'sk_a_key_of_others';
/** When the clip beeps, in seconds; the rest is silent. */
const BEEP_AT = 4;
/** A piece begins so long before its sound. */
const MARGIN = 0.3;

let studio: Studio;
let hub: StandInHub;
let model: string;
let quantized: string;
let dataDir: string;
let clip: string;
const env = () => ({ MODEL_HUB_URL: hub.url, PLATFORM_API_KEYS: OTHER_KEY });
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const soon = { timeout: 60_000, interval: 100 };

async function send(method: string, address: string, json?: unknown, apiKey = studio.apiKey) {
  const response = await fetch(`${studio.platformUrl}/local/${address}`, {
    method,
    headers: { 'x-api-key': apiKey, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, body };
}

const listModels = async () => modelListSchema.parse((await send('GET', 'models')).body);
const getModel = async (id: string) => (await listModels()).models.find((known) => known.id === id);
const waitForState = (id: string, state: string) =>
  expect.poll(async () => (await getModel(id))?.state, soon).toBe(state);
const getText = async (id: string): Promise<VideoText> =>
  videoTextSchema.parse((await send('GET', `videos/${id}/text`)).body);
const waitForRecognition = (id: string, status: string) =>
  expect.poll(async () => (await getText(id)).recognition.status, soon).toBe(status);
const use = (name: string | null, apiKey?: string) => send('PUT', 'models/speech', { model: name }, apiKey);
const restart = async (more: NodeJS.ProcessEnv = {}) => {
  await studio.stop();
  studio = await startStudio({ dataDir, env: { ...env(), ...more } });
};

beforeAll(async () => {
  model = await makeTinyWhisper();
  quantized = await makeTinyWhisper({ suffix: '_quantized' });
  hub = await standInHub({ [WHISPER]: model, [DEFAULT]: quantized });
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-whisper-'));
  studio = await startStudio({ dataDir, env: env() });
  clip = await makeSource(dataDir, { file: 'spoken.mp4', duration: 6, flashAt: BEEP_AT });
});
afterAll(async () => {
  await studio.stop();
  hub.close();
  await Promise.all([model, quantized, dataDir].map((folder) => rm(folder, { recursive: true, force: true })));
});

test('speech models are listed, and nothing is recognized before one is used', async () => {
  expect(await getModel(DEFAULT)).toMatchObject({ role: 'speech', state: 'not_downloaded', license: 'Apache-2.0' });
  expect((await listModels()).speech).toEqual({ can_change: true, has_service: false });
  expect(await use(`${WHISPER} fp32`)).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('Download it') },
  });
  const id = await uploadAndWait(client(), clip, 'Unheard');
  expect((await getText(id)).recognition).toMatchObject({ is_available: false, status: null });
  expect((await send('POST', `videos/${id}/transcribe`)).status).toBe(409);
});

test('a model without the weights that its kind needs is refused', async () => {
  await send('POST', 'models', { id: WHISPER, precision: 'q8' });
  await waitForState(WHISPER, 'failed');
  expect(await getModel(WHISPER)).toMatchObject({
    error: expect.stringContaining('no onnx/encoder_model_quantized.onnx'),
  });
});

test('a downloaded model recognizes what is said in new videos, when it is said, and in which language', async () => {
  await send('POST', 'models', { id: WHISPER, precision: 'fp32' });
  await waitForState(WHISPER, 'ready');
  expect(await getModel(WHISPER)).toMatchObject({ role: 'speech', index_name: `${WHISPER} fp32` });
  expect((await use(`${WHISPER} fp32`, OTHER_KEY)).status).toBe(403);
  expect((await use(`${WHISPER} fp32`)).status).toBe(204);
  expect((await getModel(WHISPER))?.state).toBe('in_use');

  const id = await uploadAndWait(client(), clip, 'Spoken');
  await waitForRecognition(id, 'completed');
  const { tracks } = await getText(id);
  expect(tracks).toMatchObject([
    { source: 'recognized', language: TINY_WHISPER.language, cues: [{ text: TINY_WHISPER.text }] },
  ]);
  const [cue] = tracks[0]?.cues ?? [];
  expect(Math.abs((cue?.start_ms ?? 0) - (BEEP_AT - MARGIN + TINY_WHISPER.start) * 1000)).toBeLessThan(60);
  expect(Math.abs((cue?.end_ms ?? 0) - (BEEP_AT - MARGIN + TINY_WHISPER.end) * 1000)).toBeLessThan(60);

  await processAndWait(client(), id);
  const [hit] = await client().search.search('lighthouse', { videoIds: [id] });
  expect(hit?.matched_text).toBe(TINY_WHISPER.text);
});

test('a model in use is not removed, and makes no index', async () => {
  expect(await send('DELETE', `models?id=${WHISPER}`)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('in use') },
  });
  expect((await send('POST', 'index/next', { model: `${WHISPER} fp32` })).status).toBe(404);
});

test('weights that were damaged fail the recognition in one sentence, and nothing else of the video', async () => {
  await studio.stop();
  await truncate(path.join(dataDir, 'models', WHISPER, 'onnx', 'decoder_model_merged.onnx'), 100);
  studio = await startStudio({ dataDir, env: env() });
  const id = await uploadAndWait(client(), clip, 'Damaged');
  await waitForRecognition(id, 'failed');
  expect((await getText(id)).recognition.error).toMatch(
    /^The speech model could not be loaded from .+ download it again/,
  );
  expect((await client().videos.get(id)).hls_playlist_path).toBeTruthy();
  expect((await use(`${WHISPER} fp32`)).status).toBe(503);

  await cp(model, path.join(dataDir, 'models', WHISPER), { recursive: true });
  expect((await send('POST', `videos/${id}/transcribe`)).status).toBe(202);
  await waitForRecognition(id, 'completed');
});

test('a service that is configured takes the place of the model', async () => {
  const service = await scriptedTranscriber([{ start: 0.1, end: 0.4, text: 'By the service.' }]);
  await restart({ TRANSCRIBE_BASE_URL: service.baseUrl, TRANSCRIBE_MODEL: 'whisper-1' });
  expect((await listModels()).speech.has_service).toBe(true);
  expect((await getModel(WHISPER))?.state).toBe('ready');
  expect((await use(`${WHISPER} fp32`)).status).toBe(409);
  const id = await uploadAndWait(client(), clip, 'Sent');
  await waitForRecognition(id, 'completed');
  expect((await getText(id)).tracks[0]?.cues).toMatchObject([{ text: 'By the service.' }]);
  service.close();
  await restart();
});

test('a model that is not used any more can be removed', async () => {
  expect((await use(null)).status).toBe(204);
  expect((await getModel(WHISPER))?.state).toBe('ready');
  const id = await uploadAndWait(client(), clip, 'Silent');
  expect((await getText(id)).recognition).toMatchObject({ is_available: false, status: null });
  expect((await send('DELETE', `models?id=${WHISPER}`)).status).toBe(204);
  expect(await getModel(WHISPER)).toBeUndefined();
});

test('MODELS=auto downloads the default models, and leaves what a person has decided', async () => {
  await restart({ MODELS: 'auto' });
  await waitForState(DEFAULT, 'ready');
  // The hub lacks the other one, which harms nothing.
  await waitForState('onnx-community/siglip2-base-patch16-256-ONNX', 'failed');
  expect((await getModel(DEFAULT))?.state).toBe('ready');
});

test('MODELS=auto uses the speech model where nobody has decided', async () => {
  const fresh = await startStudio({ env: { ...env(), MODELS: 'auto' } });
  const list = async () => {
    const response = await fetch(`${fresh.platformUrl}/local/models`, { headers: { 'x-api-key': fresh.apiKey } });
    return modelListSchema.parse(await response.json()).models;
  };
  await expect.poll(async () => (await list()).find(({ id }) => id === DEFAULT)?.state, soon).toBe('in_use');
  expect((await list()).find(({ id }) => id === 'local')?.state).toBe('in_use');
  await fresh.stop();
});
