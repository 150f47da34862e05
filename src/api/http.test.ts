import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createClient } from './client.ts';
import { Http } from './http.ts';

let server: Server;
afterEach(() => server.close());

/** A server that gives the listed answers in turn, the last one for good; it notes what it was asked. */
async function answering(...answers: { status: number; body?: string; headers?: Record<string, string> }[]) {
  const asked: { method: string; url: string; key: unknown }[] = [];
  server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', key: request.headers['x-api-key'] });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    response.writeHead(answer?.status ?? 500, answer?.headers).end(answer?.body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, asked };
}

const options = (baseUrl: string) => ({ baseUrl, apiKey: 'sk_test', timeoutMs: 2000, retries: 2, fetch });
const anything = z.looseObject({});

test('sends the key, only the parameters that are set, and keeps unknown fields', async () => {
  const { baseUrl, asked } = await answering({ status: 200, body: '[{"video_id":"1","name":"a","later":true}]' });
  const client = createClient(options(`${baseUrl}/`));
  const videos = await client.videos.list({ status: 'processed', skip: 0, startTime: new Date(0) });
  expect(asked).toEqual([
    {
      method: 'GET',
      url: '/api/backend/v1/developer/videos/list?status=processed&start_time=1970-01-01T00%3A00%3A00.000Z&skip=0',
      key: 'sk_test',
    },
  ]);
  expect(videos).toEqual([{ video_id: '1', name: 'a', later: true }]);
});

test('tries an idempotent call again after a 500, and not another one', async () => {
  const { baseUrl, asked } = await answering({ status: 500 }, { status: 200 });
  const http = new Http(options(baseUrl));
  await http.json(anything, { method: 'GET', path: '/' });
  expect(asked).toHaveLength(2);
  server.close();

  const once = await answering({ status: 500 });
  await expect(new Http(options(once.baseUrl)).json(anything, { method: 'POST', path: '/' })).rejects.toThrow();
  expect(once.asked).toHaveLength(1);
});

test('waits as long as Retry-After says, then goes on', async () => {
  const { baseUrl, asked } = await answering({ status: 429, headers: { 'retry-after': '0.2' } }, { status: 200 });
  const before = Date.now();
  await new Http(options(baseUrl)).json(anything, { method: 'POST', path: '/' });
  expect(asked).toHaveLength(2);
  expect(Date.now() - before).toBeGreaterThanOrEqual(190);
});

test('a platform that does not answer, is not there, or says nonsense gives a typed error', async () => {
  server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const silent = new Http({ ...options(`http://127.0.0.1:${port}`), retries: 0 });
  const get = { method: 'GET' as const, path: '/' };
  await expect(silent.json(anything, get, { timeoutMs: 50 })).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(silent.json(anything, get, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortedError',
  });
  server.closeAllConnections();
  server.close();

  const gone = new Http({ ...options('http://127.0.0.1:1'), retries: 0 });
  await expect(gone.json(anything, get)).rejects.toMatchObject({ name: 'NetworkError', statusCode: null });

  const html = await answering({ status: 200, body: '<html>hello</html>' });
  const strict = new Http(options(html.baseUrl));
  await expect(strict.json(anything, get)).rejects.toMatchObject({ name: 'ResponseFormatError' });
});
