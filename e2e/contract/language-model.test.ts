import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createClient } from '../../src/api/client.ts';
import { askResponseSchema } from '../../src/api/contracts/chat.ts';
import { Conversation } from '../../src/api/workflows/conversation.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { type ScriptedModel, scriptedModel } from '../scripted-model.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;
let model: ScriptedModel;
let videoId: string;
let dataDir: string;

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });

async function chatCredits(): Promise<number> {
  const response = await fetch(`${studio.platformUrl}/local/credits`, { headers: { 'x-api-key': studio.apiKey } });
  return z.object({ by_kind: z.looseObject({ chat: z.number().default(0) }) }).parse(await response.json()).by_kind
    .chat;
}

beforeAll(async () => {
  model = await scriptedModel({ pieces: ['A red box ', 'moves at ', '0:02.'], everyMs: 30, breakAfter: null });
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-language-model-'));
  studio = await startStudio({ dataDir, env: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted' } });
  videoId = (await processedClip(client())).video_id;
});

afterAll(async () => {
  await studio.stop();
  model.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('the model answers from the notes, streamed through, with citations and the history', async () => {
  const chat = new Conversation(client(), { videoId });
  await chat.ask('What moves?');
  const pieces: string[] = [];
  for await (const event of chat.askStream('And when?')) {
    if (event.type === 'token') pieces.push(event.content);
    if (event.type === 'done')
      expect(event).toMatchObject({ answer: 'A red box moves at 0:02.', answered_by: 'language-model' });
  }
  expect(pieces).toEqual(['A red box ', 'moves at ', '0:02.']);
  const [system, ...messages] = model.asked.at(-1)?.messages ?? [];
  expect(system?.content).toMatch(/Notes:\n0:00-0:04: .*\n0:04-0:08: /);
  expect(messages).toEqual([
    { role: 'user', content: 'What moves?' },
    { role: 'assistant', content: 'A red box moves at 0:02.' },
    { role: 'user', content: 'And when?' },
  ]);
  expect(await chatCredits()).toBe(2);
});

test('a model that breaks off ends in an error event, keeps what came, and gives the credit back', async () => {
  const before = await chatCredits();
  model.script.breakAfter = 1;
  const seen: string[] = [];
  for await (const event of client().chat.askStream('What moves?', { videoId })) seen.push(event.type);
  expect(seen).toEqual(['token', 'error']);
  await expect(client().chat.ask('What moves?', { videoId })).rejects.toMatchObject({ name: 'BadGatewayError' });
  expect(await chatCredits()).toBe(before);
});

test('an answer that is stopped costs nothing', async () => {
  model.script.breakAfter = null;
  const before = await chatCredits();
  const stop = new AbortController();
  const stopped = async () => {
    for await (const { type } of client().chat.askStream('What moves?', { videoId }, { signal: stop.signal }))
      if (type === 'token') stop.abort();
  };
  await expect(stopped()).rejects.toMatchObject({ name: 'AbortedError' });
  // The next one ends later.
  await client().chat.ask('What moves?', { videoId });
  expect(await chatCredits()).toBe(before + 1);
});

test('a question about several videos gives the model notes of each, under its name', async () => {
  model.script.breakAfter = null;
  const response = await fetch(`${studio.platformUrl}/local/chat/ask`, {
    method: 'POST',
    headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ question: 'a blue scene', all_videos: true }),
  });
  const { answer, citations } = askResponseSchema.parse(await response.json());
  expect(answer).toBe('A red box moves at 0:02.');
  expect(citations?.[0]?.video_id).toBe(videoId);
  expect(model.asked.at(-1)?.messages[0]?.content).toContain('Video "A clip for tests":\n0:0');
});

const framesSchema = z.array(
  z.looseObject({ type: z.string(), text: z.string().optional(), image_url: z.object({ url: z.string() }).optional() }),
);

test('a model with vision gets frames of the segments, with their times', async () => {
  await studio.stop();
  studio = await startStudio({
    dataDir,
    env: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted', LLM_VISION: 'true' },
  });
  model.script.breakAfter = null;
  await client().chat.ask('What moves?', { videoId, topK: 2 });
  const [system, message] = model.asked.at(-1)?.messages ?? [];
  expect(system?.content).toContain('You see a frame');
  const parts = framesSchema.parse(message?.content);
  expect(parts.map(({ type }) => type)).toEqual(['text', 'image_url', 'text', 'image_url', 'text']);
  expect(parts[0]?.text).toMatch(/^The frame at \d:\d\d:$/);
  const [, base64 = ''] = /^data:image\/jpeg;base64,(.+)$/.exec(parts[1]?.image_url?.url ?? '') ?? [];
  // A JPEG's first bytes.
  expect(Buffer.from(base64, 'base64').subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(parts.at(-1)?.text).toBe('What moves?');
});
