import { rename } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** What whoever runs the studio watches: probes, metrics, request ids. */

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ env: { STUDIO_PASSWORD: 'only-for-this-test' } });
});
afterAll(() => studio.stop());

const status = async (url: string) => (await fetch(url)).status;

test('both programs answer probes, without a key or a session', async () => {
  for (const root of [studio.url, studio.platformUrl]) {
    expect(await status(`${root}/healthz`)).toBe(200);
    expect(await (await fetch(`${root}/readyz`)).json()).toEqual({ status: 'ready' });
  }
});

test('probes come by any name, and nothing else does', async () => {
  const { port } = new URL(studio.url);
  const ask = (address: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: address, headers: { host: 'pod.internal' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });
  expect(await ask('/readyz')).toBe(200);
  expect(await ask('/studio/config')).toBe(421);
});

test('a studio whose disk is away is alive, and not ready', async () => {
  const objects = path.join(studio.dataDir, 'objects');
  await rename(objects, `${objects}-away`);
  const answer = await fetch(`${studio.platformUrl}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ status: 'unavailable', failed: ['objects'] });
  // The gateway asks once a second at most.
  await expect.poll(() => status(`${studio.url}/readyz`)).toBe(503);
  expect(await status(`${studio.platformUrl}/healthz`)).toBe(200);
  await rename(`${objects}-away`, objects);
  await expect.poll(() => status(`${studio.url}/readyz`)).toBe(200);
});

test('metrics count requests by route and stages by status, and are not reachable through the gateway', async () => {
  const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  const videoId = await uploadAndWait(client, await timecodeClip(4), 'Counted');
  const metrics = await (await fetch(`${studio.platformUrl}/metrics`)).text();
  expect(metrics).toMatch(/^studio_stages\{stage="transcode",status="completed"\} 1$/m);
  expect(metrics).toMatch(
    /http_request_duration_seconds_count\{method="POST",route="[^"]+\/multipart\/initiate",status="2\d\d"\} 1/,
  );
  expect(metrics).not.toContain(videoId);
  const page = await fetch(`${studio.url}/metrics`);
  expect(await page.text()).not.toContain('studio_stages');
});

test('an answer names its request, the same through the gateway', async () => {
  const direct = await fetch(`${studio.platformUrl}/healthz`, { headers: { 'x-request-id': 'trace-0001' } });
  expect(direct.headers.get('x-request-id')).toBe('trace-0001');
  const signIn = await fetch(`${studio.url}/studio/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'only-for-this-test' }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = await fetch(`${studio.url}/api/backend/v1/developer/videos/list`, {
    headers: { cookie, 'x-request-id': 'chosen-by-the-page' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
