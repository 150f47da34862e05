import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import type { SavedSearch } from '../../src/api/contracts/requests.ts';
import {
  savedRegionsSchema,
  savedSearchesSchema,
  savedSearchItemSchema,
} from '../../src/api/contracts/saved-searches.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { type Studio, startStudio } from '../studio.ts';

/** Searches with a name, which count what is new. The clips have a scene of another color every few seconds. */

let studio: Studio;
let firstId: string;
let secondId: string;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

const send = (path: string, method = 'GET', body?: unknown) =>
  fetch(`${studio.platformUrl}${path}`, {
    method,
    headers: { 'x-api-key': studio.apiKey, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
async function save(name: string, search: SavedSearch): Promise<string> {
  const response = await send('/local/searches', 'POST', { name, search });
  expect(response.status).toBe(201);
  return savedSearchItemSchema.parse(await response.json()).saved_search_id;
}
const list = async () => savedSearchesSchema.parse(await (await send('/local/searches')).json());
/** New hits by the search's name. */
const getNewHits = async () => Object.fromEntries((await list()).map(({ name, new_hits }) => [name, new_hits]));
const getCredits = async () => (await (await send('/local/credits')).json()).by_kind.search ?? 0;

async function addClip(scenes: number, name: string): Promise<string> {
  const id = await uploadAndWait(client(), await timecodeClip(SCENE_SECONDS * scenes), name);
  await processAndWait(client(), id);
  return id;
}

beforeAll(async () => {
  studio = await startStudio();
  firstId = await addClip(3, 'First');
  const collection = await client().collections.create('Watched');
  const [green] = await client().search.search('green', { videoIds: [firstId], topK: 1 });
  const all = { all_videos: true };
  await save('Green', { query: 'green', ...all });
  await save('Green, quite sure', { query: 'green', min_score: 0.9, ...all });
  await save('No bicycle', { query: 'a zebra on a bicycle', ...all });
  await save('Long videos', { query: 'green', filters: { min_seconds: 60 }, ...all });
  await save('Like green', { segment_id: green?.segment_id, ...all });
  await save('Not like green', { query: 'green', exclude: [{ segment_id: green?.segment_id }], ...all });
  await save('First video', { query: 'green', video_ids: [firstId] });
  await save('Collection', { query: 'green', collection_ids: [collection.collection_id] });
  expect(new Set(Object.values(await getNewHits()))).toEqual(new Set([0]));
  secondId = await addClip(3, 'Second');
  await client().collections.addVideo(collection.collection_id, secondId);
});
afterAll(() => studio.stop());

test('counts the hits in what became searchable since, free of charge', async () => {
  const before = await getCredits();
  expect(await getNewHits()).toEqual({
    Green: 1,
    'Green, quite sure': 0,
    'No bicycle': 0,
    'Long videos': 0,
    'Like green': 1,
    'Not like green': 0,
    'First video': 0,
    Collection: 1,
  });
  expect(await getNewHits()).toMatchObject({ Green: 1 });
  expect(await getCredits()).toBe(before);
});

test('what was opened has nothing new, until something becomes searchable or is gone again', async () => {
  const green = (await list()).find(({ name }) => name === 'Green');
  const path = `/local/searches/${green?.saved_search_id}`;
  expect(await (await send(path, 'PATCH', { is_seen: true })).json()).toMatchObject({ name: 'Green', new_hits: 0 });
  expect(await getNewHits()).toMatchObject({ Green: 0, Collection: 1 });
  const thirdId = await addClip(2, 'Third');
  expect(await getNewHits()).toMatchObject({ Green: 1, 'Like green': 2 });
  await client().videos.delete(thirdId);
  expect(await getNewHits()).toMatchObject({ Green: 0, 'Like green': 1 });
});

test('is renamed and deleted, and comes back as it was saved', async () => {
  const search: SavedSearch = {
    query: 'red',
    search_options: ['visual'],
    filters: { recorded_from: '2024-01-01T00:00:00.000Z', has_speech: false },
    exclude: [{ query: 'blue' }],
    min_score: 0.25,
    video_ids: [firstId, secondId],
  };
  const id = await save('Rde', search);
  expect((await send(`/local/searches/${id}`, 'PATCH', { name: 'Red' })).status).toBe(200);
  expect((await list())[0]).toMatchObject({ saved_search_id: id, name: 'Red', search });
  expect((await send(`/local/searches/${id}`, 'DELETE')).status).toBe(204);
  expect((await send(`/local/searches/${id}`, 'DELETE')).status).toBe(404);
  expect((await list()).map(({ name }) => name)).not.toContain('Red');
});

test('a region says which videos are new since it was opened', async () => {
  const region = { shapes: `*${'0000zzzz'.repeat(3)}`, all_videos: true };
  const made = await send('/local/regions', 'POST', { name: 'Corner', region });
  expect(made.status).toBe(201);
  const listRegions = async () => savedRegionsSchema.parse(await (await send('/local/regions')).json());
  expect(await listRegions()).toMatchObject([{ name: 'Corner', region, new_video_ids: [] }]);
  const videoId = await addClip(2, 'In the corner');
  const [corner] = await listRegions();
  expect(corner?.new_video_ids).toEqual([videoId]);
  const path = `/local/regions/${corner?.saved_region_id}`;
  const renamed = await send(path, 'PATCH', { name: 'A corner' });
  expect(await renamed.json()).toMatchObject({ name: 'A corner', new_video_ids: [videoId] });
  expect((await send(path, 'PATCH', { is_seen: true, name: 'Edge' })).status).toBe(200);
  expect(await listRegions()).toMatchObject([{ name: 'Edge', new_video_ids: [] }]);
  expect((await send(path, 'DELETE')).status).toBe(204);
  expect(await listRegions()).toEqual([]);
  await client().videos.delete(videoId);
});

test('a segment or collection that is gone finds nothing, and harms no other search', async () => {
  const { data } = await client().collections.list();
  await client().collections.delete(data[0]?.collection_id ?? '');
  await client().videos.delete(firstId);
  await addClip(2, 'Fourth');
  expect(await getNewHits()).toMatchObject({ Green: 1, Collection: 0, 'Like green': 0, 'First video': 0 });
});

test('no more than a hundred are saved', async () => {
  const known = (await list()).length;
  const search = { query: 'red', all_videos: true };
  for (let count = known; count < 99; count += 1) await save(`Search ${count}`, search);
  const saveLast = () =>
    fetch(`${studio.platformUrl}/local/searches`, {
      method: 'POST',
      headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json', 'idempotency-key': 'the-last' },
      body: JSON.stringify({ name: 'The last', search }),
    });
  // Sent again, because the answer was lost.
  expect([(await saveLast()).status, (await saveLast()).status]).toEqual([201, 201]);
  expect(await list()).toHaveLength(100);
  const refused = await send('/local/searches', 'POST', {
    name: 'One more',
    search: { query: 'red', all_videos: true },
  });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toEqual({
    message: 'There are 100 saved searches already. Delete one of them first.',
  });
});
