import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { RateLimitError } from '../../src/api/errors.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { FaultProxy } from './fault-proxy.ts';

let studio: Studio;
let proxy: FaultProxy;

const client = (retries: number, timeoutMs = 5_000) =>
  createClient({ baseUrl: proxy.url, apiKey: studio.apiKey, retries, timeoutMs });

beforeAll(async () => {
  studio = await startStudio();
  proxy = await FaultProxy.start(studio.platformUrl);
});

afterAll(async () => {
  await proxy.stop();
  await studio.stop();
});

describe('every error class', () => {
  test.each([
    [400, 'BadRequestError'],
    [401, 'AuthenticationError'],
    [402, 'APIError'],
    [403, 'PermissionDeniedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [413, 'PayloadTooLargeError'],
    [422, 'UnprocessableEntityError'],
    [429, 'RateLimitError'],
    [500, 'InternalServerError'],
    [502, 'BadGatewayError'],
    [503, 'ServiceUnavailableError'],
    [504, 'APIError'],
  ])('%d is a %s', async (status, name) => {
    proxy.plan({ kind: 'status', status, body: '{"detail": "Said by the test."}' });
    await expect(client(0).videos.list()).rejects.toMatchObject({
      name,
      statusCode: status,
      message: 'Said by the test.',
      responseBody: { detail: 'Said by the test.' },
    });
  });
});

describe('between client and platform', () => {
  test('an HTML error page from a proxy is an error with a sentence', async () => {
    proxy.plan({ kind: 'status', status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad</html>' });
    await expect(client(0).videos.list()).rejects.toThrow('The platform could not be reached behind its proxy.');
    proxy.plan({ kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Hello</html>' });
    await expect(client(0).videos.list()).rejects.toMatchObject({ name: 'ResponseFormatError' });
  });

  test('a lost connection and a slow platform are typed, and a list is tried again', async () => {
    proxy.plan({ kind: 'reset' });
    await expect(client(0).videos.list()).rejects.toMatchObject({ name: 'NetworkError' });
    proxy.plan({ kind: 'delay', ms: 600 });
    await expect(client(0, 100).videos.list()).rejects.toMatchObject({ name: 'TimeoutError' });
    proxy.plan({ kind: 'reset' }, { kind: 'status', status: 503 });
    expect(await client(2).videos.list()).toEqual([]);
    expect(proxy.count).toBe(3);
  });

  test('what costs credits or makes something is not sent twice after a lost connection', async () => {
    proxy.plan({ kind: 'reset' });
    await expect(client(3).embeddings.text('red')).rejects.toMatchObject({ name: 'NetworkError' });
    expect(proxy.count).toBe(1);
    proxy.plan({ kind: 'reset' });
    await expect(client(3).collections.create('Once')).rejects.toMatchObject({ name: 'NetworkError' });
    expect(proxy.count).toBe(1);
  });

  test('a rate limit is waited for, in both forms of Retry-After, also where nothing else is repeated', async () => {
    const soon = new Date(Date.now() + 1_500).toUTCString();
    proxy.plan(
      { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
      { kind: 'status', status: 429, headers: { 'retry-after': soon } },
    );
    expect((await client(2).embeddings.text('red')).data).toHaveLength(1);
    expect(proxy.count).toBe(3);
    proxy.plan({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    const error = await client(0)
      .videos.list()
      .catch((reason: unknown) => reason);
    expect(error instanceof RateLimitError && error.retryAfter).toBe(7);
  });

  test('a body that breaks off is an error, not half an answer', async () => {
    proxy.plan({ kind: 'truncate', bytes: 40 });
    await expect(client(0).embeddings.text('red')).rejects.toMatchObject({ statusCode: null });
  });

  test('an answer that breaks off ends in an error event', async () => {
    const { video_id } = await processedClip(client(2));
    const types = async () => {
      const seen: string[] = [];
      for await (const event of client(0).chat.askStream('Summarize', { videoId: video_id })) seen.push(event.type);
      return seen;
    };
    proxy.plan({ kind: 'truncate', bytes: 150 });
    const broken = await types();
    expect(broken.slice(0, 1)).toEqual(['token']);
    expect(broken.at(-1)).toBe('error');
    expect((await types()).at(-1)).toBe('done');
  });

  test('an upload survives resets, 503s and a rate limit', async () => {
    proxy.plan(
      { kind: 'delay', ms: 0 },
      { kind: 'reset' },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
      { kind: 'reset' },
    );
    const job = await uploadPath(client(3), await timecodeClip(4), { partSize: 8 * 1024 });
    expect((await client(0).uploads.getStatus(job.video_id)).video_id).toBe(job.video_id);
  });
});
