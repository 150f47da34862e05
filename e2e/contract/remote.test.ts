import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { type Studio, startStudio } from '../studio.ts';

/** A platform elsewhere, that does what platforms should not. */

const KEY = 'sk_the-key-of-a-remote-platform';
const ROOT = '/api/backend/v1/developer';

let answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
const server = createServer((incoming, outgoing) => answer(incoming, outgoing));
let platformUrl: string;
let studio: Studio;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No address.');
  // It lives under a path, as some do.
  platformUrl = `http://127.0.0.1:${address.port}/dev`;
  studio = await startStudio({
    env: { MIKSHI_BASE_URL: platformUrl, MIKSHI_API_KEY: KEY, PLATFORM_TIMEOUT: '1', PLATFORM_PORT: '1' },
  });
});

afterAll(async () => {
  await studio.stop();
  server.closeAllConnections();
  server.close();
});

const json = (outgoing: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}) =>
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const list = () => fetch(`${studio.url}${ROOT}/videos/list`);

test('a GET on a connection that the platform has just closed is sent once more, a POST is not', async () => {
  let count = 0;
  answer = (incoming, outgoing) => {
    count += 1;
    if (count === 1) incoming.socket.destroy();
    else json(outgoing, { data: [] });
  };
  expect((await list()).status).toBe(200);
  expect(count).toBe(2);
  count = 0;
  const body = JSON.stringify({ query: 'car', video_ids: [] });
  const headers = { 'content-type': 'application/json' };
  const paid = await fetch(`${studio.url}${ROOT.replace('backend', 'chat')}/search`, { method: 'POST', headers, body });
  expect(paid.status).not.toBe(200);
  expect(count).toBe(1);
  count = 0;
  answer = (_incoming, outgoing) => {
    count += 1;
    json(outgoing, { message: 'Busy.' }, 503, { 'retry-after': '1' });
  };
  expect((await list()).status).toBe(503);
  expect(count).toBe(1);
});

test('the key goes up, cookies and the browser’s own headers do not; the platform’s cookies and policies do not come down', async () => {
  let seen: IncomingMessage | undefined;
  answer = (incoming, outgoing) => {
    seen = incoming;
    json(outgoing, { data: [] }, 200, {
      'set-cookie': 'a=b',
      server: 'nginx',
      'access-control-allow-origin': '*',
      'content-security-policy': "script-src 'unsafe-inline'",
      'x-kept': 'yes',
    });
  };
  const response = await fetch(`${studio.url}${ROOT}/videos/list?limit=1`, {
    headers: {
      cookie: 'studio_session=secret',
      authorization: 'Bearer browser',
      'x-api-key': 'from-the-browser',
      'x-forwarded-for': '1.2.3.4',
      'proxy-authorization': 'Basic x',
      te: 'trailers',
      referer: 'http://127.0.0.1/secret',
    },
  });
  expect(response.status).toBe(200);
  expect(seen?.url).toBe(`/dev${ROOT}/videos/list?limit=1`);
  expect(seen?.headers).toMatchObject({ 'x-api-key': KEY });
  for (const name of ['cookie', 'authorization', 'x-forwarded-for', 'proxy-authorization', 'te', 'referer', 'origin']) {
    expect(seen?.headers[name], name).toBeUndefined();
  }
  for (const name of ['set-cookie', 'server', 'access-control-allow-origin']) {
    expect(response.headers.get(name), name).toBeNull();
  }
  expect(response.headers.get('x-kept')).toBe('yes');
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a redirect is not followed', async () => {
  answer = (_incoming, outgoing) => outgoing.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  const response = await fetch(`${studio.url}${ROOT}/videos/list`, { redirect: 'manual' });
  expect(response.status).toBe(502);
  expect(response.headers.get('location')).toBeNull();
  expect(await response.json()).toEqual({
    message: 'The platform pointed to another address, which the studio does not follow.',
  });
});

test('a platform that is silent, breaks off, lies about its content or is gone is a sentence', async () => {
  const client = createClient({ baseUrl: studio.url, retries: 0 });
  answer = () => undefined;
  const silent = await list();
  expect(silent.status).toBe(504);
  expect(await silent.json()).toEqual({ message: 'The platform takes too long to answer.' });

  answer = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    outgoing.write('{"data": [');
    setTimeout(() => outgoing.destroy(), 50);
  };
  await expect(client.videos.list()).rejects.toThrow(/\w.+\./);

  answer = (_incoming, outgoing) => outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
  await expect(client.videos.list()).rejects.toThrow(/\w.+\./);
  answer = (_incoming, outgoing) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end('<h1>');
  await expect(client.videos.list()).rejects.toThrow(/\w.+\./);

  answer = (incoming) => incoming.socket.destroy();
  const gone = await list();
  expect(gone.status).toBe(502);
  expect(await gone.json()).toEqual({ message: 'The platform cannot be reached right now.' });
  // And it goes on when the platform does.
  answer = (_incoming, outgoing) => json(outgoing, { data: [] });
  expect((await list()).status).toBe(200);
});

test('manifests lead back through the gateway; ranges and media pass as they are', async () => {
  answer = (incoming, outgoing) => {
    if (incoming.url?.endsWith('.m3u8')) {
      outgoing
        .writeHead(200, { 'content-type': 'application/vnd.apple.mpegurl' })
        .end(`#EXTM3U\n${platformUrl}${ROOT}/hls/1/seg1.m4s\nseg2.m4s\n`);
      return;
    }
    outgoing
      .writeHead(206, { 'content-type': 'video/mp4', 'content-range': `${incoming.headers.range}/100` })
      .end('0123456789');
  };
  const manifest = await fetch(`${studio.url}${ROOT}/hls/1/master.m3u8`);
  expect(await manifest.text()).toBe(`#EXTM3U\n${ROOT}/hls/1/seg1.m4s\nseg2.m4s\n`);
  const part = await fetch(`${studio.url}${ROOT}/hls/1/seg1.m4s`, { headers: { range: 'bytes 0-9' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 0-9/100');
  expect(await part.text()).toBe('0123456789');
});

test('server-sent events are passed on as they come', async () => {
  let next: (() => void) | undefined;
  answer = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
    outgoing.write('data: first\n\n');
    next = () => outgoing.end('data: second\n\n');
  };
  const { body } = await fetch(`${studio.url}${ROOT}/chat/1/stream`);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  // The second is not sent before the first is here: a gateway that waits for more would wait for ever.
  expect((await reader?.read())?.value).toBe('data: first\n\n');
  next?.();
  expect((await reader?.read())?.value).toBe('data: second\n\n');
});

test('other sites, foreign hosts and strange methods are refused before the platform hears of them', async () => {
  let heard = 0;
  answer = (_incoming, outgoing) => {
    heard += 1;
    json(outgoing, {});
  };
  const status = (options: { method?: string; headers?: Record<string, string> }) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(studio.url);
      request({ host: '127.0.0.1', port, path: `${ROOT}/videos/list`, ...options }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await status({ headers: { host: 'rebound.example' } })).toBe(421);
  expect(await status({ method: 'POST', headers: { origin: 'https://evil.example' } })).toBe(403);
  expect(await status({ method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
  expect(await status({ method: 'TRACE' })).toBeGreaterThanOrEqual(400);
  expect(heard).toBe(0);
});

test('nothing of the embedded platform stands beside a remote one', async () => {
  answer = (_incoming, outgoing) => json(outgoing, {});
  expect((await fetch(`${studio.url}/local/credits`)).status).toBe(404);
  expect(await (await fetch(`${studio.url}/studio/config`)).json()).toMatchObject({
    platform: 'remote',
    platform_url: platformUrl,
  });
});
