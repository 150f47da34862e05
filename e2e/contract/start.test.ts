import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStudio } from '../studio.ts';

/** A studio that cannot start says why in one sentence, and does nothing else. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mikshi-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the program that did not start said. */
async function refusal(options: Parameters<typeof startStudio>[0]): Promise<string> {
  const started = await startStudio(options).then(
    (studio) => studio.stop().then(() => 'It started.'),
    (error: Error) => String(error.cause),
  );
  return started;
}

test('a folder that another studio uses', async () => {
  const dataDir = path.join(folder, 'shared');
  const first = await startStudio({ dataDir });
  expect(await refusal({ dataDir })).toMatch(/^Another Mikshi Studio is using .*shared\. Stop it/);
  await first.kill();
  // The killed one holds nothing any more.
  const second = await startStudio({ dataDir });
  await second.stop();
});

test('a damaged database', async () => {
  const dataDir = path.join(folder, 'damaged');
  await (await startStudio({ dataDir })).stop();
  const control = path.join(dataDir, 'postgres', 'global');
  for (const name of await readdir(control)) await truncate(path.join(control, name), 10);
  expect(await refusal({ dataDir })).toMatch(/^The database in .* cannot be opened: it seems to be damaged\./);
});

test('a data folder that is a file', async () => {
  const dataDir = path.join(folder, 'file');
  await writeFile(dataDir, 'not a folder');
  expect(await refusal({ dataDir })).toMatch(/^DATA_DIR: .* is not a folder that can be written to\.$/);
});

test('a port that is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  await mkdir(path.join(folder, 'port'));
  expect(await refusal({ dataDir: path.join(folder, 'port'), env: { PLATFORM_PORT: port } })).toMatch(
    new RegExp(`^Port ${port} is already in use\\. Set PLATFORM_PORT to a free one\\.$`),
  );
  server.close();
});

test.each([
  [{ EMBEDDER: 'magic' }, /^EMBEDDER: choose "local" or "clip"\.$/],
  [{ LLM_BASE_URL: 'http://127.0.0.1:1' }, /^LLM_MODEL: name the model/],
  [{ MIKSHI_API_KEY: 'short' }, /^MIKSHI_API_KEY: must have at least 8 characters\.$/],
])('a wrong value: %o', async (env, sentence) => {
  expect(await refusal({ env })).toMatch(sentence);
});
