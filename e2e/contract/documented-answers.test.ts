import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { Conversation } from '../../src/api/workflows/conversation.ts';
import { encodeGraph } from '../clips/encode-graph.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** Answers of the platform that the SDK document describes in words. */

const SEGMENT_SECONDS = 4;
const SEGMENTS = 51;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let studio: Studio;
let longVideoId: string;
let uploadedVideoId: string;

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });

/** One shot that never changes: all of its segments look the same. Small, so that it is processed quickly. */
async function makeStillClip(seconds: number): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'still-')), 'still.mp4');
  await encodeGraph(file, {
    graph: `color=c=0x286E32:s=160x90:r=5:d=${seconds}`,
    codec: FF_ENCODER_LIBX264,
    filter: 'format=yuv420p',
    options: { preset: 'ultrafast' },
  });
  return file;
}

beforeAll(async () => {
  studio = await startStudio();
  longVideoId = await uploadAndWait(client(), await makeStillClip(SEGMENTS * SEGMENT_SECONDS), 'Long');
  await processAndWait(client(), longVideoId);
  uploadedVideoId = await uploadAndWait(client(), await timecodeClip(8), 'Uploaded');
});

afterAll(() => studio.stop());

test('a map of one video that has not been processed is a 400', async () => {
  await expect(client().search.visualize({ videoIds: [uploadedVideoId] })).rejects.toMatchObject({
    name: 'BadRequestError',
    statusCode: 400,
    message: 'A map needs at least 2 segments; this selection has fewer.',
  });
});

test('a search returns as many hits as top_k asks for, each of them one segment', async () => {
  const { points } = await client().search.visualize({ videoIds: [longVideoId] });
  expect(points).toHaveLength(SEGMENTS);
  const hits = await client().search.search('green', { videoIds: [longVideoId], topK: 50 });
  expect(hits.map(({ rank }) => rank)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  const segments = new Map(points.map(({ segment_id, start, end }) => [segment_id, [start, end]]));
  expect(new Set(hits.map(({ segment_id }) => segment_id)).size).toBe(50);
  for (const hit of hits) expect(segments.get(String(hit.segment_id))).toEqual([hit.start, hit.end]);
});

test('a conversation without a language model remembers its questions and answers', async () => {
  const chat = new Conversation(client(), { videoId: longVideoId });
  const { answer } = await chat.ask('Describe what happens.');
  await chat.ask('How many people are involved?');
  expect((await chat.ask('What was my first question?')).answer).toBe(
    'Your first question was: “Describe what happens.”',
  );
  expect((await chat.ask('What did you answer to my first question?')).answer).toBe(
    `My answer to your first question, “Describe what happens.”, was:\n\n${answer}`,
  );
});

test('metadata is in snake case', async () => {
  const { video_metadata } = await client().videos.get(longVideoId);
  expect(video_metadata).toMatchObject({
    video: { frame_rate: 5 },
    audio: null,
    audio_tracks: [],
    subtitle_tracks: [],
  });
});

test('each status filter lists the videos that the document names', async () => {
  const listed = async (status: 'uploaded' | 'analysed' | 'search_processed' | 'processed') =>
    (await client().videos.list({ status })).map(({ name }) => name);
  expect(await listed('uploaded')).toEqual(['Uploaded']);
  expect(await listed('analysed')).toEqual(['Long']);
  expect(await listed('search_processed')).toEqual(['Long']);
  expect(await listed('processed')).toEqual(['Long']);
});

test('a collection names its owner by a UUID, the same for all of its collections', async () => {
  const first = await client().collections.create('First');
  const second = await client().collections.create('Second');
  expect(first).toMatchObject({ parent_id: expect.stringMatching(UUID), parent_type: 'user' });
  expect(second.parent_id).toBe(first.parent_id);
});
