import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserToUse } from '../browser.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** The client as its users have it: packed, installed into an empty project without a network, compiled and run there. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');
const PACKAGE = '@mikshi/studio-client';

let folder: string;
let project: string;
let studio: Studio;

const run = (program: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(program, args, { cwd: project, env: { ...process.env, ...env } }).then(
    ({ stdout }) => stdout,
    // Compilers tell what is wrong on stdout.
    (error: { stdout: string; stderr: string }) => Promise.reject(new Error(`${error.stdout}${error.stderr}`)),
  );

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'client-package-'));
  project = path.join(folder, 'project');
  await mkdir(project);
  const packed = await run(process.execPath, [path.join(ROOT, 'scripts/pack-client.js'), path.join(folder, 'package')]);
  const zod = path.join(ROOT, 'node_modules/zod');
  await run('npm', ['pack', zod, '--ignore-scripts', '--pack-destination', folder, '--silent']);
  const zodArchive = (await readdir(folder)).find((name) => name.startsWith('zod-')) ?? '';
  await writeFile(path.join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  const archives = [packed.trim(), path.join(folder, zodArchive)];
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', ...archives]);
  studio = await startStudio();
});

afterAll(async () => {
  await studio?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function compile(name: string, source: string, options: Record<string, unknown>): Promise<string> {
  const config = path.join(project, `tsconfig.${name}.json`);
  await writeFile(path.join(project, `${name}.ts`), source);
  const lib = ['ES2022', 'DOM'];
  const compilerOptions = { strict: true, target: 'ES2022', types: [], lib, skipLibCheck: false, ...options };
  await writeFile(config, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
  return run(process.execPath, [TSC, '-p', config]);
}

const USAGE = `
import { APIError, type Client, createClient, parseTimecode, type Video, waitUntilReady } from '${PACKAGE}';
import { openFile, uploadPath } from '${PACKAGE}/node';

const client: Client = createClient({ baseUrl: 'http://localhost:8001', apiKey: 'sk_test', timeoutMs: undefined });
const videos: Video[] = await client.videos.list({ status: 'processed', limit: 5 }, { retries: 0 });
const duration: number | null | undefined = videos[0]?.duration;
const job = await uploadPath(client, 'clip.mp4', { onProgress: (sent: number, total: number) => [sent, total] });
await client.uploads.direct(await openFile('clip.mp4'), { name: 'Clip' });
await waitUntilReady(client, job.video_id, { onProgress: ({ pipelines }) => pipelines?.analyse.percentage });
for await (const event of client.chat.askStream('Who?', { videoId: job.video_id })) {
  if (event.type === 'token') event.content.trim();
}
export const seconds: number = parseTimecode('00:01:02.500') + (duration ?? 0);
export const isRefusal = (error: unknown): boolean => error instanceof APIError && error.statusCode === 403;
// @ts-expect-error: no such status.
await client.videos.list({ status: 'unknown' });
`;

test.each([
  ['nodenext', { module: 'nodenext' }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
])('compiles strictly with module %s, declarations included', async (name, options) => {
  await compile(`usage-${name}`, USAGE, { ...options, noEmit: true });
});

/** The identifiers in the second column of a section's table in docs/sdk-map.md. */
async function promisedIn(section: string): Promise<string[]> {
  const page = await readFile(path.join(ROOT, 'docs/sdk-map.md'), 'utf8');
  const [, rest = ''] = page.split(`\n## ${section}\n`);
  const rows = (rest.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) =>
    [...(row.split('|')[2] ?? '').matchAll(/`([A-Za-z_]+)/g)].map(([, name]) => name),
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

test('exports every type and every function that docs/sdk-map.md promises', async () => {
  const types = await promisedIn('Models');
  const values = [...(await promisedIn('Status helpers')), ...(await promisedIn('Errors'))];
  expect(types).toContain('VisualizationVideo');
  expect(values).toContain('YouTubeImportError');
  const source = [
    `import type { ${types.join(', ')} } from '${PACKAGE}';`,
    `import { ${values.join(', ')} } from '${PACKAGE}';`,
    `export type Promised = [${types.join(', ')}];`,
    `export const promised: readonly unknown[] = [${values.join(', ')}];`,
  ];
  await compile('promised', source.join('\n'), { module: 'nodenext', noEmit: true });
});

test('keeps doc comments, needs zod alone, and holds its licenses', async () => {
  const installed = path.join(project, 'node_modules', PACKAGE);
  const { dependencies } = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
  expect(Object.keys(dependencies)).toEqual(['zod']);
  const types = await readFile(path.join(installed, 'types/api/resources/videos.d.ts'), 'utf8');
  expect(types).toContain(
    '/** One video with its metadata. Throws `PermissionDeniedError` for an unknown one, `NotFoundError` for a deleted one. */',
  );
  const fields = await readFile(path.join(installed, 'types/api/contracts/search.d.ts'), 'utf8');
  expect(fields).toMatch(/\/\*\* From 1, the best hit\. \*\/\n +rank: /);
  expect(await readdir(installed)).toEqual(
    expect.arrayContaining(['LICENSE', 'LICENSE-eventsource-parser', 'README.md']),
  );
});

test('runs in Node against the platform', async () => {
  const program = `
import { createClient, waitUntilUploaded } from '${PACKAGE}';
import { uploadPath } from '${PACKAGE}/node';
const client = createClient({ baseUrl: process.env.BASE_URL, apiKey: process.env.API_KEY });
const { video_id } = await uploadPath(client, process.env.CLIP, { name: 'From the package' });
await waitUntilUploaded(client, video_id, { intervalMs: 200 });
console.log((await client.videos.get(video_id)).name);
await client.close();
`;
  await writeFile(path.join(project, 'run.js'), program);
  const env = { BASE_URL: studio.platformUrl, API_KEY: studio.apiKey, CLIP: await timecodeClip(4) };
  expect(await run(process.execPath, ['run.js'], env)).toBe('From the package\n');
});

test('runs in a browser bundle against the gateway', async () => {
  const page = `
import { createClient } from '${PACKAGE}';
createClient().collections.create('From a browser').then(({ name }) => { document.title = name; });
`;
  await writeFile(path.join(project, 'page.js'), page);
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    build: { outDir: 'bundle', lib: { entry: 'page.js', formats: ['es'], fileName: () => 'page.js' } },
  });
  const bundle = path.join(project, 'bundle');
  for (const name of await readdir(bundle, { recursive: true }))
    if (name.endsWith('.js')) expect(await readFile(path.join(bundle, name), 'utf8')).not.toMatch(/["']node:/);

  const browser = await chromium.launch(await browserToUse());
  try {
    const tab = await browser.newPage();
    // Files of the page on the gateway's origin, where it adds the key; all else goes to the gateway itself.
    await tab.route(`${studio.url}/bundle/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.replace('/bundle/', '');
      if (name === '')
        await route.fulfill({ contentType: 'text/html', body: '<script type="module" src="page.js"></script>' });
      else await route.fulfill({ path: path.join(bundle, name) });
    });
    await tab.goto(`${studio.url}/bundle/`);
    await expect.poll(() => tab.title(), { timeout: 20_000 }).toBe('From a browser');
  } finally {
    await browser.close();
  }
});
