import { readFile, stat } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Studio, startStudio } from '../studio.ts';

const PASSWORD = 'correct horse battery';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ env: { STUDIO_PASSWORD: PASSWORD, HOST: '0.0.0.0', STUDIO_HOSTS: 'studio.example' } });
});
afterAll(() => studio.stop());

const port = () => new URL(studio.url).port;
const get = (address: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port()}${address}`, { headers });
const signIn = (password: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port()}/studio/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ password }),
  });
const getCookie = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

const LIST = '/api/backend/v1/developer/videos/list';

test('without a session nothing but the app itself is served, however the address is written', async () => {
  for (const address of [
    LIST,
    LIST.replace('/api', '/%61pi'),
    LIST.replace('/api', '//api'),
    '/local/credits',
    '/loc%61l/credits',
    '/objects/x',
    '/studio/integrations/',
    '/studio/%69ntegrations/',
  ]) {
    const response = await get(address);
    expect([401, 403, 404], address).toContain(response.status);
    expect(await response.text(), address).not.toContain('[');
  }
  expect((await get(LIST)).status).toBe(401);
  expect(await (await get(LIST)).json()).toEqual({ message: 'Sign in to this studio first.', code: 'signed_out' });
  expect((await get('/library')).status).toBe(200);
  expect(await (await get('/studio/config')).json()).toMatchObject({ sign_in: 'out' });
});

test('the password opens a session that scripts and other sites cannot use, and signing out ends it', async () => {
  const wrong = await signIn('wrong');
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toEqual({ message: 'This is not the password.' });
  expect(wrong.headers.get('set-cookie')).toBeNull();

  const right = await signIn(PASSWORD);
  expect(right.status).toBe(204);
  const set = right.headers.get('set-cookie') ?? '';
  expect(set).toContain('HttpOnly');
  expect(set).toContain('SameSite=Strict');
  expect(set).not.toContain('Secure');
  const cookie = getCookie(right);
  expect((await get(LIST, { cookie })).status).toBe(200);
  expect(await (await get('/studio/config', { cookie })).json()).toMatchObject({ sign_in: 'in' });

  // Somebody else has a session of their own.
  const other = getCookie(await signIn(PASSWORD));
  await fetch(`http://127.0.0.1:${port()}/studio/sign-out`, { method: 'POST', headers: { cookie } });
  expect((await get(LIST, { cookie })).status).toBe(401);
  expect((await get(LIST, { cookie: other })).status).toBe(200);
});

test('neither the password nor a session can be read from the disk', async () => {
  const cookie = getCookie(await signIn(PASSWORD));
  const file = path.join(studio.dataDir, 'gateway', 'sessions.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain(PASSWORD);
  expect(text).not.toContain(cookie.split('=')[1]);
});

test('signing out ends the streams of the session', async () => {
  const cookie = getCookie(await signIn(PASSWORD));
  const stream = await get('/studio/integrations/events', { cookie });
  expect(stream.status).toBe(200);
  const ended = stream.text();
  await fetch(`http://127.0.0.1:${port()}/studio/sign-out`, { method: 'POST', headers: { cookie } });
  await expect(ended).resolves.toEqual(expect.any(String));
});

test('tries are limited', async () => {
  const cookie = getCookie(await signIn(PASSWORD, { origin: `http://127.0.0.1:${port()}` }));
  expect(cookie).not.toBe('');
  const tries = await Promise.all(Array.from({ length: 12 }, () => signIn('guess')));
  expect(tries.map(({ status }) => status)).toContain(429);
  const [late] = tries.filter(({ status }) => status === 429);
  expect(await late?.json()).toMatchObject({ message: expect.stringMatching(/^Too many tries\. Try again in /) });
});

test('wrong tries from many addresses do not hold up the right password', async () => {
  const proxied = await startStudio({ env: { STUDIO_PASSWORD: PASSWORD, TRUST_PROXY: 'loopback' } });
  const attempt = (password: string, from: string, headers: Record<string, string> = {}) =>
    fetch(`${proxied.url}/studio/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...headers },
      body: JSON.stringify({ password }),
    });
  try {
    const guesses = Array.from({ length: 150 }, (_, index) => attempt('guess', `198.51.100.${index}`));
    const began = performance.now();
    const right = await attempt(PASSWORD, '203.0.113.7', { 'x-forwarded-proto': 'https' });
    expect(right.status).toBe(204);
    expect(performance.now() - began).toBeLessThan(5_000);
    // The proxy's word for TLS counts, too.
    expect(right.headers.get('set-cookie')).toContain('Secure');
    expect((await Promise.all(guesses)).every(({ status }) => status === 401)).toBe(true);
    // One address has ten tries, whichever others there are behind the same proxy.
    const tries = await Promise.all(Array.from({ length: 12 }, () => attempt('guess', '203.0.113.8')));
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await attempt(PASSWORD, '203.0.113.9')).status).toBe(204);
    // Where the proxy says how it was reached, a page that was loaded without TLS is another origin.
    const from = async (origin: string) =>
      (await attempt(PASSWORD, '203.0.113.10', { origin, 'x-forwarded-proto': 'https' })).status;
    expect(await from(proxied.url.replace('http:', 'https:'))).toBe(204);
    expect(await from(proxied.url)).toBe(403);
  } finally {
    await proxied.stop();
  }
});

test('refusals carry the security headers', async () => {
  const refused = await get('/studio/config', { origin: 'https://evil.example' });
  expect(refused.status).toBe(403);
  expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
});

test('hosts: by address, and by the names that are allowed', async () => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  if (own) expect((await fetch(`http://${own}:${port()}/studio/config`)).status).toBe(200);
  for (const [host, status] of [
    ['studio.example', 200],
    ['studio.example:8080', 200],
    ['192.0.2.7', 200],
    ['rebound.example', 421],
  ] as const) {
    expect(await statusFor(host), host).toBe(status);
  }
});

/** `fetch` does not let a program choose the host that it names. */
async function statusFor(host: string): Promise<number | undefined> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: port(), path: '/studio/config', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('other machines are not served without a password', async () => {
  const refused = startStudio({ env: { HOST: '0.0.0.0' } });
  await expect(refused).rejects.toMatchObject({
    cause: 'HOST: other machines are served only with a password. Set STUDIO_PASSWORD.',
  });
});

test('another password ends the sessions of the old one; a restart does not', async () => {
  const { dataDir } = studio;
  const first = await startStudio({ env: { STUDIO_PASSWORD: PASSWORD }, dataDir: path.join(dataDir, 'inner') });
  const opened = await fetch(`${first.url}/studio/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: PASSWORD }),
  });
  const cookie = getCookie(opened);
  await first.kill();
  const again = await startStudio({ env: { STUDIO_PASSWORD: PASSWORD }, dataDir: path.join(dataDir, 'inner') });
  expect((await fetch(`${again.url}${LIST}`, { headers: { cookie } })).status).toBe(200);
  await again.stop();
  const changed = await startStudio({ env: { STUDIO_PASSWORD: 'another one' }, dataDir: path.join(dataDir, 'inner') });
  expect((await fetch(`${changed.url}${LIST}`, { headers: { cookie } })).status).toBe(401);
  await changed.stop();
});
