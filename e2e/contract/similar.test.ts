import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { searchHitsSchema } from '../../src/api/contracts/search.ts';
import { type SegmentDetails, segmentsSchema } from '../../src/api/contracts/segments.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { type Studio, startStudio } from '../studio.ts';

/** Searching with a segment or a picture instead of words. The clip has a scene of another color every few seconds. */

let studio: Studio;
let videoId: string;
let copyId: string;
let segments: readonly SegmentDetails[];
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

const ask = (body: object) =>
  fetch(`${studio.platformUrl}/local/search/similar`, {
    method: 'POST',
    headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ all_videos: true, ...body }),
  });
const find = async (body: object) => searchHitsSchema.parse(await (await ask(body)).json());

beforeAll(async () => {
  studio = await startStudio();
  const process = async (name: string) => {
    const id = await uploadAndWait(client(), await timecodeClip(SCENE_SECONDS * 4), name);
    await processAndWait(client(), id);
    return id;
  };
  [videoId = '', copyId = ''] = await Promise.all([process('Scenes'), process('The same scenes')]);
  const answer = await fetch(`${studio.platformUrl}/local/videos/${videoId}/segments`, {
    headers: { 'x-api-key': studio.apiKey },
  });
  segments = segmentsSchema.parse(await answer.json()).segments;
});
afterAll(() => studio.stop());

test('a segment finds its like, and not itself', async () => {
  const second = segments[1];
  const hits = await find({ segment_id: second?.segment_id, top_k: 3 });
  expect(hits).toHaveLength(3);
  expect(hits[0]).toMatchObject({ video_id: copyId, start_ms: second?.start_ms, matched_on: ['visual'] });
  expect(hits.map(({ segment_id }) => segment_id)).not.toContain(second?.segment_id);
});

test('a picture finds the segment that it is of, and costs a credit', async () => {
  const third = segments[2];
  const bytes = Buffer.from(await (await fetch(third?.thumbnail_url ?? '')).arrayBuffer());
  const getSearchCredits = async () => {
    const answer = await fetch(`${studio.platformUrl}/local/credits`, { headers: { 'x-api-key': studio.apiKey } });
    return (await answer.json()).by_kind.search ?? 0;
  };
  const before = await getSearchCredits();
  const [first, second] = await find({ picture: bytes.toString('base64'), top_k: 2 });
  expect([first?.start_ms, second?.start_ms]).toEqual([third?.start_ms, third?.start_ms]);
  expect(await getSearchCredits()).toBe(before + 1);
});

test('words move what is found', async () => {
  const [red] = await client().search.search('green', { videoIds: [videoId], topK: 1 });
  const near = await find({
    segment_id: segments[2]?.segment_id,
    query: 'green',
    video_ids: [videoId],
    all_videos: null,
  });
  expect(near[0]?.segment_id).toBe(red?.segment_id);
});

test.each([
  ['no picture', { picture: Buffer.from('Hello, this is a text.').toString('base64') }, 422],
  ['a damaged picture', { picture: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5]).toString('base64') }, 422],
  ['what is not base64', { picture: '***' }, 422],
  ['nothing', {}, 422],
  ['both', { picture: 'AAAA', segment_id: crypto.randomUUID() }, 422],
  ['an unknown segment', { segment_id: crypto.randomUUID() }, 403],
])('%s is refused in a sentence', async (_what, body, status) => {
  const answer = await ask(body);
  expect(answer.status).toBe(status);
  const { message, detail } = await answer.json();
  expect(message ?? detail[0].msg).toMatch(/\.$/);
});
