import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import type { SearchFilters } from '../../src/api/contracts/requests.ts';
import { CHAT } from '../../src/api/paths.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { recordedClip } from '../clips/recorded-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** Which videos of a scope are searched. */

const RECORDED_AT = '2021-07-04T09:30:00.000Z';

let studio: Studio;
let longId: string;
let recordedId: string;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

const send = (address: string, body: object) =>
  fetch(`${studio.platformUrl}${address}`, {
    method: 'POST',
    headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ all_videos: true, ...body }),
  });
/** The ids of the videos that a search finds anything in. */
async function find(filters: SearchFilters): Promise<Set<string>> {
  const answer = await send(`${CHAT}/search`, { query: 'green', top_k: 50, filters });
  const hits: { video_id: string }[] = await answer.json();
  return new Set(hits.map(({ video_id }) => video_id));
}

beforeAll(async () => {
  studio = await startStudio();
  const process = async (file: string, name: string) => {
    const id = await uploadAndWait(client(), file, name);
    await processAndWait(client(), id);
    return id;
  };
  longId = await process(await timecodeClip(16), 'Long');
  recordedId = await process(
    await recordedClip(await timecodeClip(8), path.join(tmpdir(), 'mikshi-studio-recorded-v1.mp4'), RECORDED_AT),
    'Recorded',
  );
  const added = await fetch(`${studio.platformUrl}/local/videos/${recordedId}/subtitles?name=a.en.srt`, {
    method: 'POST',
    headers: { 'x-api-key': studio.apiKey },
    body: '1\n00:00:01,000 --> 00:00:02,000\nHello there.\n',
  });
  expect(added.status).toBe(201);
});
afterAll(() => studio.stop());

test('a video says when it was recorded, and lists are sorted by it', async () => {
  expect(await client().videos.get(recordedId)).toMatchObject({ recorded_at: RECORDED_AT });
  expect(await client().videos.get(longId)).toMatchObject({ recorded_at: null });
  const list = async (sortOrder: 'asc' | 'desc') =>
    (await client().videos.list({ sortBy: 'recorded_at', sortOrder })).map(({ video_id }) => video_id);
  // What is not known comes last in both orders.
  expect(await list('asc')).toEqual([recordedId, longId]);
  expect(await list('desc')).toEqual([recordedId, longId]);
});

test.each<[filters: SearchFilters, found: ('Long' | 'Recorded')[]]>([
  [{}, ['Long', 'Recorded']],
  [{ recorded_from: '2021-07-04', recorded_until: '2021-07-05' }, ['Recorded']],
  [{ recorded_until: '2021-07-04T00:00:00Z' }, []],
  [{ recorded_from: '2021-07-04T09:30:00Z', recorded_until: '2021-07-04T09:30:00Z' }, ['Recorded']],
  [{ min_seconds: 10 }, ['Long']],
  [{ max_seconds: 10 }, ['Recorded']],
  [{ min_seconds: 1, max_seconds: 100 }, ['Long', 'Recorded']],
  [{ has_speech: true }, ['Recorded']],
  [{ has_speech: false }, ['Long']],
  [{ added_from: '2020-01-01' }, ['Long', 'Recorded']],
  [{ added_until: '2020-01-01' }, []],
  [{ has_speech: true, min_seconds: 10 }, []],
])('filters %j let through %j', async (filters, found) => {
  expect(await find(filters)).toEqual(new Set(found.map((name) => (name === 'Long' ? longId : recordedId))));
});

test('a search by a picture is filtered as one by words is', async () => {
  const [hit] = await client().search.search('green', { videoIds: [longId], topK: 1 });
  const answer = await send('/local/search/similar', {
    segment_id: hit?.segment_id,
    top_k: 50,
    filters: { max_seconds: 10 },
  });
  const hits: { video_id: string }[] = await answer.json();
  expect(new Set(hits.map(({ video_id }) => video_id))).toEqual(new Set([recordedId]));
});

/** The start of each hit in the long video, in seconds, the best first. */
async function findStarts(address: string, body: object): Promise<number[]> {
  const answer = await send(address, { top_k: 50, video_ids: [longId], all_videos: null, ...body });
  expect(answer.status).toBe(200);
  const hits: { start_ms: number }[] = await answer.json();
  return hits.map(({ start_ms }) => start_ms / 1000);
}

test('words are excluded from a search by words, with what is closer to them than to the query', async () => {
  const before = await findStarts(`${CHAT}/search`, { query: 'green' });
  expect(before[0]).toBe(4);
  expect(before).toContain(8);
  const after = await findStarts(`${CHAT}/search`, { query: 'green', exclude: [{ query: 'blue' }] });
  expect(after[0]).toBe(4);
  expect(after).not.toContain(8);
});

test('a hit is excluded with its like, and the scores stay those of the query', async () => {
  const [hit] = await client().search.search('green', { videoIds: [longId], topK: 1 });
  const hits = await client().search.search('green', {
    videoIds: [longId, recordedId],
    topK: 50,
    exclude: [{ segment_id: hit?.segment_id }],
  });
  // The other video has the same scene.
  expect(hits.map(({ start_ms }) => start_ms)).not.toContain(4000);
  expect(hits.length).toBeGreaterThan(1);
  const all = await client().search.search('green', { videoIds: [longId, recordedId], topK: 50 });
  for (const { segment_id, score } of hits)
    expect(score).toBeCloseTo(all.find((other) => other.segment_id === segment_id)?.score ?? 0, 3);
});

test('words and segments are excluded from a search by looks', async () => {
  const like = await client().search.search('green', { videoIds: [longId], topK: 1 });
  const [blue] = await client().search.search('blue', { videoIds: [longId], topK: 1 });
  const body = { segment_id: like[0]?.segment_id };
  expect(await findStarts('/local/search/similar', body)).toContain(8);
  for (const exclusion of [{ query: 'blue' }, { segment_id: blue?.segment_id }])
    expect(await findStarts('/local/search/similar', { ...body, exclude: [exclusion] })).not.toContain(8);
});

test('what is said is excluded by words', async () => {
  const options = { videoIds: [recordedId], searchOptions: ['transcription'] as const };
  expect(await client().search.search('hello', options)).toHaveLength(1);
  expect(await client().search.search('hello', { ...options, exclude: [{ query: 'hello there' }] })).toEqual([]);
});
