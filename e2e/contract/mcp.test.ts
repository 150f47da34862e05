import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolResultSchema,
  JSONRPCMessageSchema,
  LATEST_PROTOCOL_VERSION,
} from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../server/project-root.ts';
import { createClient } from '../../src/api/client.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { WORDS, wordedClip } from '../clips/worded-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { JPEG_START, listen, startDocumentedPlatform } from './documented-platform.ts';

/** The tools for assistants, through the SDK's own client and the program that an assistant starts. */

const STUDIO_URL = 'https://studio.example.org';

let studio: Studio;
let videoId: string;
let assistant: Client;

/** Starts the program as an assistant does, in a folder that has nothing to do with the project. */
async function connect(env: Record<string, string>): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [path.join(PROJECT_ROOT, 'scripts/mcp.js')],
    cwd: '/',
    env,
    stderr: 'ignore',
  });
  await client.connect(transport);
  return client;
}

async function callWith(client: Client, name: string, args: Record<string, unknown>, options?: RequestOptions) {
  const result = CallToolResultSchema.parse(await client.callTool({ name, arguments: args }, undefined, options));
  const said = result.content.map((item) => (item.type === 'text' ? item.text : `<${item.type}>`)).join('\n');
  return { ...result, said };
}
const call = (name: string, args: Record<string, unknown> = {}) => callWith(assistant, name, args);

/** A port that nothing is served on. */
async function getUnservedPort(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  await once(server.close(), 'close');
  return String(port);
}

beforeAll(async () => {
  studio = await startStudio();
  const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  // As for a studio on this machine: its port, and its key from DATA_DIR.
  const { port } = new URL(studio.platformUrl);
  assistant = await connect({ PLATFORM_PORT: port, DATA_DIR: studio.dataDir, STUDIO_URL });
  videoId = await uploadAndWait(client, await wordedClip(), 'Warehouse tour');
  await processAndWait(client, videoId);
  const { collection_id } = await client.collections.create('Safety');
  await client.collections.addVideo(collection_id, videoId);
});
afterAll(async () => {
  await assistant.close();
  await studio.stop();
});

test('the five tools are offered, each read-only, with schemas and instructions', async () => {
  const { tools } = await assistant.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'list_videos',
    'search_segments',
    'ask_video',
    'get_transcript',
    'get_frame',
  ]);
  for (const tool of tools) {
    expect(tool.annotations?.readOnlyHint).toBe(true);
    expect(tool.outputSchema?.type).toBe('object');
    expect(tool.description).toMatch(/(Free|Costs 1 credit)\.$/);
    const properties = z
      .record(z.string(), z.looseObject({ description: z.string() }))
      .parse(tool.inputSchema.properties);
    expect(Object.keys(properties).length).toBeGreaterThan(0);
  }
  expect(assistant.getInstructions()).toContain('search_segments');
});

test('list_videos lists the library, filters by name and continues', async () => {
  const { structuredContent, said } = await call('list_videos');
  expect(structuredContent).toEqual({
    videos: [
      {
        video_id: videoId,
        name: 'Warehouse tour',
        status: 'processed',
        duration_seconds: WORDS.seconds,
        is_searchable: true,
        can_be_asked: true,
        created_at: expect.any(String),
        url: `${STUDIO_URL}/videos/${videoId}`,
      },
    ],
    next_offset: null,
  });
  expect(said).toBe(`- Warehouse tour · 0:12 · searchable · ${videoId}`);
  expect((await call('list_videos', { name: 'HOUSE', searchable_only: true })).structuredContent).toMatchObject({
    videos: [{ video_id: videoId }],
  });
  expect((await call('list_videos', { name: 'garden' })).said).toBe('No videos match.');
  expect((await call('list_videos', { offset: 1 })).structuredContent).toEqual({ videos: [], next_offset: null });
});

test('search_segments finds what is said, and says why, when and where', async () => {
  const { structuredContent, said } = await call('search_segments', { query: 'check the forklift' });
  expect(structuredContent).toMatchObject({
    results: expect.arrayContaining([
      expect.objectContaining({
        rank: 1,
        video_id: videoId,
        video_name: 'Warehouse tour',
        start_seconds: 1,
        start: '00:00:01',
        is_match: true,
        matched_on: expect.arrayContaining(['transcription']),
        matched_text: WORDS.said[0].text,
        url: `${STUDIO_URL}/videos/${videoId}?t=1`,
      }),
    ]),
  });
  expect(said).toMatch(/^1\. Warehouse tour 0:01–0:\d\d \(.*said.*\) “Please check the forklifts/);
});

test('search_segments keeps to a collection, to videos and to signals', async () => {
  const query = 'emergency exit';
  const search_options = ['text_in_video'];
  const within = await call('search_segments', { query, collection: 'safety', search_options, top_k: 1 });
  expect(within.structuredContent).toMatchObject({ results: [{ matched_text: 'EMERGENCY EXIT' }] });
  expect((await call('search_segments', { query, video_ids: [videoId], search_options })).said).toContain(
    '(on screen)',
  );
  expect((await call('search_segments', { query, search_options: ['transcription'] })).said).toBe('Nothing was found.');
  const unknown = await call('search_segments', { query, collection: 'Garden' });
  expect(unknown).toMatchObject({
    isError: true,
    said: 'There is no collection "Garden". Collections are: Safety.',
  });
});

test('ask_video answers with the segments that the answer rests on', async () => {
  const question = 'What does he say about the forklift?';
  const { structuredContent, said } = await call('ask_video', { video_id: videoId, question });
  expect(structuredContent).toMatchObject({
    answer: expect.stringContaining('Please check the forklifts'),
    citations: [{ start_seconds: 1, url: `${STUDIO_URL}/videos/${videoId}?t=1` }],
  });
  expect(said).toMatch(/\n\nSources:\n- 0:01–/);
});

test('get_transcript returns what is said, in a range and in pages', async () => {
  const whole = await call('get_transcript', { video_id: videoId });
  expect(whole.structuredContent).toEqual({
    video_id: videoId,
    video_name: 'Warehouse tour',
    kind: 'said',
    track: 'English',
    languages: ['en'],
    cues: WORDS.said.map(({ start, end, text: words }) => ({ start_seconds: start, end_seconds: end, text: words })),
    total: 2,
    next_offset: null,
  });
  expect(whole.said).toBe(
    '[0:01] Please check the forklifts before you leave.\n[0:09] Part number AX-4711 is missing.',
  );
  const late = await call('get_transcript', { video_id: videoId, from: '0:09', to: 12 });
  expect(late.said).toBe('[0:09] Part number AX-4711 is missing.');
  const first = await call('get_transcript', { video_id: videoId, limit: 1 });
  expect(first.structuredContent).toMatchObject({ total: 2, next_offset: 1 });
  const second = await call('get_transcript', { video_id: videoId, limit: 1, offset: 1 });
  expect(second.structuredContent).toMatchObject({ cues: [{ start_seconds: 9.5 }], next_offset: null });
});

test('get_transcript returns text on screen, and names the languages there are', async () => {
  const { said } = await call('get_transcript', { video_id: videoId, kind: 'on_screen', from: 3, to: 4 });
  expect(said).toContain('EMERGENCY EXIT');
  expect(said).not.toContain('Loading area');
  const french = await call('get_transcript', { video_id: videoId, language: 'fr' });
  expect(french).toMatchObject({ isError: true, said: 'There is no track in "fr". Tracks are: English.' });
});

test('get_frame returns the frame at a time as a JPEG', async () => {
  const { content, structuredContent, said } = await call('get_frame', { video_id: videoId, time: '0:05' });
  const [picture] = content;
  expect(picture).toMatchObject({ type: 'image', mimeType: 'image/jpeg' });
  const bytes = Buffer.from(picture?.type === 'image' ? picture.data : '', 'base64');
  expect(bytes.subarray(0, JPEG_START.length)).toEqual(JPEG_START);
  const { start_seconds, end_seconds, ...rest } = z
    .looseObject({ start_seconds: z.number(), end_seconds: z.number() })
    .parse(structuredContent);
  expect(start_seconds).toBeLessThanOrEqual(5);
  expect(end_seconds).toBeGreaterThan(5);
  expect(rest).toMatchObject({ requested_seconds: 5, is_exact: true, url: `${STUDIO_URL}/videos/${videoId}?t=5` });
  expect(said).toMatch(/The frame of Warehouse tour at 0:05\./);
  const later = await call('get_frame', { video_id: videoId, time: '0:07.5' });
  expect(later.content[0]).not.toEqual(picture);
  expect(await call('get_frame', { video_id: videoId, time: 500 })).toMatchObject({
    isError: true,
    said: expect.stringContaining('This video is 12.0 s long.'),
  });
});

test.each([
  ['ask_video', { question: 'What happens?' }],
  ['search_segments', { query: 'a car' }],
  ['get_transcript', {}],
  ['get_frame', { time: 1 }],
])('%s says so when a video does not exist', async (name, args) => {
  const unknown = crypto.randomUUID();
  const { isError, said } = await call(name, { video_id: unknown, video_ids: [unknown], ...args });
  expect(isError).toBe(true);
  expect(said).toBe('There is no such video, or this API key does not own it. list_videos has the ids of all videos.');
});

test('arguments that are not valid are refused in words', async () => {
  expect(await call('get_frame', { video_id: videoId, time: 'later' })).toMatchObject({
    isError: true,
    said: expect.stringContaining('must be seconds, M:SS or H:MM:SS'),
  });
  expect((await call('get_transcript', { video_id: 'tour' })).isError).toBe(true);
});

test('without a running studio, with a wrong key and without a key, the tool says what to do', async () => {
  const unserved = await getUnservedPort();
  const cases: [env: Record<string, string>, sentence: RegExp][] = [
    [
      { PLATFORM_PORT: unserved, DATA_DIR: studio.dataDir },
      /does not answer at http:\/\/localhost:\d+\. Start it with "npm start"/,
    ],
    [{ MIKSHI_BASE_URL: studio.platformUrl, MIKSHI_API_KEY: 'sk_wrong' }, /refused the API key .*MIKSHI_API_KEY/],
    [{ DATA_DIR: path.join(studio.dataDir, 'nowhere') }, /There is no API key in .*nowhere.api-key/],
  ];
  await Promise.all(
    cases.map(async ([env, sentence]) => {
      const client = await connect(env);
      const { isError, said } = await callWith(client, 'list_videos', {});
      expect(said).toMatch(sentence);
      expect(said).not.toContain('sk_');
      expect(isError).toBe(true);
      await client.close();
    }),
  );
});

test('on a platform with the documented API alone, videos are named, and a cancelled question is cancelled there', async () => {
  const hosted = await startDocumentedPlatform();
  const client = await connect({ MIKSHI_BASE_URL: hosted.url, MIKSHI_API_KEY: 'sk_hosted' });
  onTestFinished(async () => {
    await client.close();
    hosted.close();
  });
  const found = await callWith(client, 'search_segments', { query: 'a car' });
  expect(found.structuredContent).toMatchObject({
    results: [{ video_name: 'Elsewhere', start_seconds: 2, end_seconds: 4, is_match: null, url: null }],
  });
  const words = await callWith(client, 'get_transcript', { video_id: 'v1' });
  expect(words).toMatchObject({ isError: true, said: expect.stringContaining('has no transcripts') });
  const frame = await callWith(client, 'get_frame', { video_id: 'v1', time: 1 });
  expect(frame.content[0]).toMatchObject({ type: 'image', data: JPEG_START.toString('base64') });
  expect(frame.said).toContain('The poster of Elsewhere');

  const stop = new AbortController();
  let progress = 0;
  const options: RequestOptions = {
    signal: stop.signal,
    onprogress: (report) => {
      progress = report.progress;
    },
  };
  const answer = callWith(client, 'ask_video', { video_id: 'v1', question: 'What happens?' }, options);
  await expect.poll(() => progress, { timeout: 10_000 }).toBeGreaterThan(0);
  stop.abort('not needed any more');
  await expect(answer).rejects.toThrow();
  await hosted.cancelled;
});

test('npm run --silent mcp writes nothing but the protocol, and ends with its input', async () => {
  const program = spawn('npm', ['run', '--silent', 'mcp'], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, DATA_DIR: studio.dataDir },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(program, 'exit');
  const params = {
    protocolVersion: LATEST_PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  };
  const requests = [
    { jsonrpc: '2.0', id: 1, method: 'initialize', params },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 2, method: 'tools/list' },
  ];
  program.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
  const [output, log] = await Promise.all([text(program.stdout), text(program.stderr)]);
  const messages = output
    .trimEnd()
    .split('\n')
    .map((line) => JSONRPCMessageSchema.parse(JSON.parse(line)));
  expect(messages.map((message) => 'id' in message && message.id)).toEqual([1, 2]);
  expect(log).toMatch(/^mcp ready, for the platform at http/);
  expect((await exited)[0]).toBe(0);
});
