import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { BACKEND, CHAT } from '../../src/api/paths.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

const OTHER_KEY = 'sk_another_tenant';
const REFUSAL = { message: 'There is no such video, or this API key does not own it.' };

let studio: Studio;
let foreignVideoId: string;
let collectionId: string;

const client = (apiKey = studio.apiKey) => createClient({ baseUrl: studio.platformUrl, apiKey, retries: 0 });

beforeAll(async () => {
  studio = await startStudio({ env: { PLATFORM_API_KEYS: OTHER_KEY } });
  foreignVideoId = await uploadAndWait(client(), await timecodeClip(4), 'Foreign');
  collectionId = (await client(OTHER_KEY).collections.create('Own collection')).collection_id;
});

afterAll(() => studio.stop());

/** Sends a request with the key that owns neither video. */
async function send(method: string, address: string, body?: object) {
  const response = await fetch(`${studio.platformUrl}${address}`, {
    method,
    headers: { 'x-api-key': OTHER_KEY, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  return { status: response.status, body: await response.json() };
}

const requests: [title: string, send: (videoId: string) => ReturnType<typeof send>][] = [
  ['details', (id) => send('GET', `${BACKEND}/videos/get-video-details?video_id=${id}`)],
  ['delete', (id) => send('DELETE', `${BACKEND}/videos/delete?video_id=${id}`)],
  ['restore', (id) => send('POST', `/local/videos/${id}/restore`)],
  ['process again', (id) => send('POST', `/local/videos/${id}/process-again`)],
  ['segments', (id) => send('GET', `/local/videos/${id}/segments`)],
  ['a frame', (id) => send('GET', `/local/videos/${id}/frame?t=1`)],
  ['words', (id) => send('GET', `/local/videos/${id}/text`)],
  ['a transcript', (id) => send('GET', `/local/videos/${id}/tracks/${randomUUID()}/transcript.srt`)],
  ['add subtitles', (id) => send('POST', `/local/videos/${id}/subtitles`, { text: 'x' })],
  ['remove a track', (id) => send('DELETE', `/local/videos/${id}/tracks/${randomUUID()}`)],
  ['edit a cue', (id) => send('PATCH', `/local/videos/${id}/cues/${randomUUID()}`, { text: 'x' })],
  ['transcribe', (id) => send('POST', `/local/videos/${id}/transcribe`)],
  ['similar', (id) => send('POST', '/local/search/similar', { picture: 'AAAA', video_ids: [id] })],
  ['save a search', (id) => send('POST', '/local/searches', { name: 'A', search: { query: 'red', video_ids: [id] } })],
  [
    'save a region',
    (id) => send('POST', '/local/regions', { name: 'A', region: { shapes: `*${'0000'.repeat(6)}`, video_ids: [id] } }),
  ],
  ['upload status', (id) => send('GET', `${BACKEND}/uploads/status/${id}`)],
  ['analyse', (id) => send('POST', `${BACKEND}/videos/analyse/initiate`, { video_id: id })],
  ['analyse status', (id) => send('GET', `${BACKEND}/videos/analyse/status/${id}`)],
  ['search-process', (id) => send('POST', `${BACKEND}/videos/search-process/initiate`, { video_id: id })],
  ['search-process status', (id) => send('GET', `${BACKEND}/videos/search-process/status/${id}`)],
  ['HLS', (id) => send('GET', `${BACKEND}/videos/hls/${id}/hls/master.m3u8`)],
  ['search', (id) => send('POST', `${CHAT}/search`, { query: 'red', video_ids: [id] })],
  ['visualize', (id) => send('POST', `${CHAT}/visualize`, { video_ids: [id] })],
  ['map', (id) => send('POST', '/local/map', { video_ids: [id] })],
  ['draft of the map', (id) => send('POST', '/local/map/draft', { video_ids: [id] })],
  ['chat', (id) => send('POST', `${CHAT}/chat/ask`, { question: 'Who?', video_id: id })],
  ['chat about several', (id) => send('POST', '/local/chat/ask', { question: 'Who?', video_ids: [id] })],
  ['times of words', (id) => send('POST', '/local/words', { video_ids: [id] })],
  ['embeddings', (id) => send('GET', `${CHAT}/embeddings/video/${id}`)],
  ['collection members', (id) => send('POST', `${BACKEND}/collections/${collectionId}/videos`, { video_id: id })],
];

describe('a video that does not exist and one of another owner get the same refusal', () => {
  test.each(requests)('%s', async (_title, request) => {
    expect(await request(foreignVideoId)).toEqual({ status: 403, body: REFUSAL });
    expect(await request(randomUUID())).toEqual({ status: 403, body: REFUSAL });
  });
});

test('an upload of another owner is as unknown as one that never was', async () => {
  const { s3_object_name, upload_id, video_id } = await client().uploads.initiateMultipart('a.mp4', 'video/mp4');
  const unknown = { upload_id: randomUUID(), s3_object_name: 'videos/none/a.mp4' };
  for (const [step, extra] of [
    ['part-url', { part_number: 1 }],
    ['list-parts', {}],
    ['complete', { parts: [{ part_number: 1, etag: 'x' }] }],
    ['abort', {}],
  ] as const) {
    const address = `${BACKEND}/uploads/multipart/${step}`;
    const foreign = await send('POST', address, { s3_object_name, upload_id, ...extra });
    expect(foreign).toEqual(await send('POST', address, { ...unknown, ...extra }));
    expect(foreign.status).toBe(404);
  }
  const preprocess = (id: string) =>
    send('POST', `${BACKEND}/uploads/preprocess`, { s3_object_name, video_id: id, name: 'A' });
  expect(await preprocess(video_id)).toEqual(await preprocess(randomUUID()));
});

test('a saved search or region of another owner is as unknown as one that never was', async () => {
  const response = await fetch(`${studio.platformUrl}/local/searches`, {
    method: 'POST',
    headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Red', search: { query: 'red', video_ids: [foreignVideoId] } }),
  });
  const { saved_search_id: id } = await response.json();
  for (const [method, kind, body] of [
    ['PATCH', 'searches', { name: 'Mine' }],
    ['DELETE', 'searches', undefined],
    ['PATCH', 'regions', { name: 'Mine' }],
    ['DELETE', 'regions', undefined],
  ] as const) {
    const foreign = await send(method, `/local/${kind}/${id}`, body);
    expect(foreign).toEqual(await send(method, `/local/${kind}/${randomUUID()}`, body));
    expect(foreign.status).toBe(404);
  }
  expect((await send('GET', '/local/searches')).body).toEqual({ searches: [] });
});

test('the owner of a deleted video gets a 404, and others the same refusal as before', async () => {
  const videoId = await uploadAndWait(client(), await timecodeClip(4), 'Deleted');
  await client().videos.delete(videoId);
  await expect(client().videos.get(videoId)).rejects.toMatchObject({
    name: 'NotFoundError',
    message: 'This video was deleted.',
  });
  for (const [, request] of requests) expect(await request(videoId)).toEqual({ status: 403, body: REFUSAL });
});
