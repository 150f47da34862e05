import { execFile } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { browserToUse } from '../e2e/browser.ts';
import { paddedClip } from '../e2e/clips/padded-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { median } from './median.ts';
import { record } from './record.ts';
import type { UppyUpload } from './uppy-page/main.ts';

/**
 * The Upload page's throughput in a real browser against `curl` and against Uppy sending the same parts to the same gateway,
 * four at a time each, in one run: megabytes a second from the first part's start to the last part's end.
 */
const MEBIBYTES = Number(process.argv[2] ?? 400);
const PART = 10 * 1024 * 1024;
const PARALLEL = 4;
const ROUNDS = 5;

const run = promisify(execFile);
const file = await paddedClip(MEBIBYTES);
const studio = await startStudio();
const client = createClient({ baseUrl: studio.url });
const browser = await chromium.launch(await browserToUse());
const scratch = await mkdtemp(path.join(tmpdir(), 'upload-bench-'));

/** The file's parts as files of their own, which is what curl can send. */
async function partFiles(): Promise<string[]> {
  const input = await open(file);
  const parts: string[] = [];
  for (let start = 0; start < MEBIBYTES * 1024 * 1024; start += PART) {
    const { buffer, bytesRead } = await input.read(Buffer.alloc(PART), 0, PART, start);
    const part = path.join(scratch, String(parts.length + 1));
    const output = await open(part, 'w');
    await output.writeFile(buffer.subarray(0, bytesRead));
    await output.close();
    parts.push(part);
  }
  await input.close();
  return parts;
}

async function byCurl(parts: readonly string[]): Promise<number> {
  const started = await client.uploads.initiateMultipart('clip.mp4', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const before = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < parts.length) {
      const index = next;
      next += 1;
      const { url } = await client.uploads.getPartUrl(ref, index + 1);
      await run('curl', ['-sS', '--fail', '-T', parts[index] ?? '', url]);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  const seconds = (performance.now() - before) / 1000;
  await client.uploads.abortMultipart(ref);
  return MEBIBYTES / seconds;
}

/** Has a page upload the file; resolves to the megabytes a second from its first part's start to its last part's end. */
async function getSpeed(page: Page, upload: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  const note = (request: { method(): string }) => {
    if (request.method() === 'PUT') times.push(performance.now());
  };
  page.on('request', note);
  page.on('requestfinished', note);
  await upload();
  return MEBIBYTES / ((Math.max(...times) - Math.min(...times)) / 1000);
}

async function byBrowser(): Promise<number> {
  const context = await browser.newContext({ baseURL: studio.url });
  const page = await context.newPage();
  await page.goto('/upload');
  await page.getByLabel('Videos to upload').setInputFiles(file);
  await page.getByRole('switch', { name: 'Process after upload' }).uncheck();
  const preprocessed = page.waitForResponse('**/uploads/preprocess', { timeout: 600_000 });
  const speed = await getSpeed(page, async () => {
    await page.getByRole('button', { name: /^Upload \d+ video/ }).click();
    await preprocessed;
  });
  const { video_id } = await (await preprocessed).json();
  await context.close();
  await client.videos.delete(video_id);
  return speed;
}

/** A page of the gateway's origin, and an upload that has begun with the URLs of all its parts. */
async function prepared() {
  const context = await browser.newContext({ baseURL: studio.url });
  const page = await context.newPage();
  await page.goto('/upload');
  const started = await client.uploads.initiateMultipart('clip.mp4', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const urls = await Promise.all(parts.map(async (_, index) => (await client.uploads.getPartUrl(ref, index + 1)).url));
  await page.evaluate(() => {
    const bare = document.createElement('input');
    bare.type = 'file';
    bare.id = 'bare';
    document.body.append(bare);
  });
  // The compiler names functions through this helper, which the page does not have.
  await page.evaluate('globalThis.__name = (it) => it');
  await page.locator('#bare').setInputFiles(file);
  const end = async () => {
    await client.uploads.abortMultipart(ref);
    await context.close();
  };
  return { page, ref, urls, end };
}

/** Uppy's multipart plugin, with nothing drawn. */
async function byUppy(): Promise<number> {
  const { page, ref, end } = await prepared();
  await page.evaluate(uppyScript);
  const speed = await getSpeed(page, () =>
    page.evaluate(
      ({ uploadId, key, partBytes, parallel }) => {
        const file = document.querySelector<HTMLInputElement>('#bare')?.files?.[0];
        if (!file) throw new Error('The page has no file.');
        const { uploadByUppy } = globalThis as unknown as { uploadByUppy(upload: UppyUpload): Promise<void> };
        return uploadByUppy({ file, ref: { uploadId, key }, partBytes, parallel });
      },
      { uploadId: ref.uploadId, key: ref.s3ObjectName, partBytes: PART, parallel: PARALLEL },
    ),
  );
  await end();
  return speed;
}

/** The least that a page can do: XMLHttpRequests with slices of the file, four at a time, and nothing drawn. */
async function byBarePage(): Promise<number> {
  const { page, urls, end } = await prepared();
  const seconds = await page.evaluate(
    async ({ urls, PART, PARALLEL }) => {
      const bare = document.querySelector<HTMLInputElement>('#bare')?.files?.[0];
      if (!bare) throw new Error('The page has no file.');
      const put = (url: string, part: Blob) =>
        new Promise<void>((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve();
          request.onerror = () => reject(new Error('A part was lost.'));
          request.open('PUT', url);
          request.send(part);
        });
      const before = performance.now();
      let next = 0;
      const worker = async () => {
        while (next < urls.length) {
          const index = next;
          next += 1;
          await put(urls[index] ?? '', bare.slice(index * PART, (index + 1) * PART));
        }
      };
      await Promise.all(Array.from({ length: PARALLEL }, worker));
      return (performance.now() - before) / 1000;
    },
    { urls, PART, PARALLEL },
  );
  await end();
  return MEBIBYTES / seconds;
}

const parts = await partFiles();
await build({
  configFile: false,
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: path.join(scratch, 'uppy'),
    lib: { entry: 'bench/uppy-page/main.ts', formats: ['iife'], name: 'uppyPage', fileName: () => 'uppy.js' },
  },
});
const uppyScript = await readFile(path.join(scratch, 'uppy', 'uppy.js'), 'utf8');
const results = { curl: [] as number[], browser: [] as number[], uppy: [] as number[], bare: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  results.curl.push(await byCurl(parts));
  results.browser.push(await byBrowser());
  results.uppy.push(await byUppy());
  results.bare.push(await byBarePage());
}
console.log(results);
const [curl, ours] = [median(results.curl), median(results.browser)];
const [uppy, bare] = [median(results.uppy), median(results.bare)];
const what = `upload of ${MEBIBYTES} MiB in parts of 10, four at a time, medians of ${ROUNDS} that took turns`;
const measured = `the Upload page in Chromium ${ours.toFixed(0)} MiB/s`;
record({
  what,
  reference: `curl, the same parts to the same gateway, ${curl.toFixed(0)} MiB/s`,
  measured: `${measured} (a page that does nothing else ${bare.toFixed(0)})`,
  ratio: ours / curl,
  target: '≥ 0.95 ×',
  met: ours / curl >= 0.95,
});
record({
  what,
  reference: `Uppy 5 (aws-s3) in the same browser, to the same gateway, nothing drawn, ${uppy.toFixed(0)} MiB/s`,
  measured,
  ratio: ours / uppy,
  target: '≥ 1.05 ×',
  met: ours / uppy >= 1.05,
});
await browser.close();
await studio.stop();
await rm(scratch, { recursive: true });
process.exit(0);
