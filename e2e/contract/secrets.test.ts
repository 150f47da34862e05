import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** What must be read nowhere: long enough to stand in nothing by chance. */
const KEY = 'key-that-nobody-may-read-4d1f0c77';
const PASSWORD = 'password-that-nobody-may-read-9a2e';
const WRONG = 'a-mistyped-password-5b3c';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mikshi-secrets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files under a folder that hold one of the texts. */
async function filesWith(root: string, texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return texts.some((text) => bytes.includes(text)) ? path.relative(root, file) : null;
    }),
  );
  return found.filter((file) => file !== null);
}

test('neither what is said on the terminal nor what is kept holds a key or a password', async () => {
  const dataDir = path.join(folder, 'data');
  const child = spawn(process.execPath, ['scripts/start.js'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      PORT: '0',
      PLATFORM_PORT: '0',
      LOG_LEVEL: 'debug',
      MIKSHI_API_KEY: KEY,
      STUDIO_PASSWORD: PASSWORD,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  await expect.poll(() => said, { timeout: 100_000 }).toMatch(/ready at \S+/);
  const url = /ready at (\S+)/.exec(said)?.[1] ?? '';
  const send = (address: string, init?: RequestInit) => fetch(`${url}${address}`, init);
  const signIn = (password: string) =>
    send('/studio/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    });

  expect((await signIn(WRONG)).status).toBe(401);
  const cookie = (await signIn(PASSWORD)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const session = { cookie };
  expect((await send('/api/backend/v1/developer/videos/list', { headers: session })).status).toBe(200);
  // What goes wrong is said, too.
  const broken = { method: 'POST', headers: { ...session, 'content-type': 'application/json' }, body: `{"${KEY}"` };
  expect((await send('/api/backend/v1/developer/search', broken)).status).toBeGreaterThanOrEqual(400);
  expect((await send(`/api/nothing?key=${KEY}`, { headers: session })).status).toBe(404);

  child.kill('SIGTERM');
  await once(child, 'exit');
  for (const secret of [KEY, PASSWORD, WRONG, cookie.split('=')[1] ?? PASSWORD]) expect(said).not.toContain(secret);
  expect(await filesWith(dataDir, [KEY, PASSWORD, WRONG])).toEqual([]);
});

test('an app that is built where the key is set does not hold it', async () => {
  const outDir = path.join(folder, 'dist');
  const vite = path.join('node_modules', 'vite', 'bin', 'vite.js');
  const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', outDir], {
    env: { ...process.env, MIKSHI_API_KEY: KEY, STUDIO_PASSWORD: PASSWORD },
    stdio: 'inherit',
  });
  const [code] = await once(build, 'exit');
  expect(code).toBe(0);
  expect((await readdir(path.join(outDir, 'assets'))).length).toBeGreaterThan(20);
  expect(await filesWith(outDir, [KEY, PASSWORD])).toEqual([]);
});
