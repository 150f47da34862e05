import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { chromium, expect } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { processedClip } from '../e2e/clips/processed-clip.ts';
import { UploadDriver } from '../e2e/pages/upload-driver.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { median } from './median.ts';
import { residentMiB } from './resident.ts';

/**
 * A person who works for hours in one tab: uploads, searches, plays, looks at the map, asks, deletes, and starts again.
 * After each round the memory of the page (collected), its nodes and listeners, and the memory of platform and gateway.
 * `npm run soak -- 60`: minutes.
 */
const MINUTES = Number(process.argv[2] ?? 60);
/** A share of the rounds at the start, in which caches fill, and one at the end, are compared. */
const SHARE = 1 / 3;
const PATIENCE_MS = 120_000;

const studio = await startStudio();
const client = createClient({ baseUrl: studio.url });
await processedClip(client);
const scratch = await mkdtemp(path.join(tmpdir(), 'soak-'));
const clip = await timecodeClip(12);

const browser = await chromium.launch(await browserToUse());
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(PATIENCE_MS);
const problems: string[] = [];
page.on('console', (message) => {
  if (message.type() === 'error') problems.push(message.text());
});
page.on('response', (response) => {
  if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
});
page.on('pageerror', (error) => problems.push(error.message));
const soon = expect.configure({ timeout: PATIENCE_MS });
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');

/** By the links of the frame: the page is never loaded again. */
const go = (name: string) =>
  page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name, exact: true }).click();
const isPlaying = () => page.evaluate(() => document.querySelector('video')?.paused === false);

async function upload(file: string): Promise<void> {
  await go('Upload');
  const driver = new UploadDriver(page);
  await driver.pick(file);
  await driver.start();
  await soon(driver.row(file).getByRole('progressbar', { name: 'Search: done' })).toBeVisible();
}

async function searchAndPlay(): Promise<void> {
  await go('Search');
  await page.getByLabel('Search for').fill('something green');
  await page.keyboard.press('Enter');
  await page.getByTestId('hits').getByRole('button').first().click();
  await soon.poll(isPlaying).toBe(true);
}

async function lookAtMap(): Promise<void> {
  await go('Map');
  const map = page.getByTestId('map');
  await soon(map).toHaveAccessibleName(/Map of \d+ segments/);
  await map.focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
  await soon.poll(isPlaying).toBe(true);
}

async function ask(name: string): Promise<void> {
  await go('Library');
  await page.getByRole('gridcell', { name }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Summarize the video' }).click();
  await soon(page.getByRole('region', { name: 'Chat' }).getByRole('list').first()).toBeVisible();
}

async function discard(name: string): Promise<void> {
  await go('Library');
  await page.getByRole('gridcell', { name }).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Delete 1 video' }).click();
  await soon
    .poll(async () => (await client.videos.list({ limit: 500 })).map((video) => video.name))
    .not.toContain(name);
}

/** What is watched, in this order. */
const WATCHED = ['MiB of the page', 'nodes', 'listeners', 'MiB of the platform', 'MiB of the gateway'] as const;

async function memory(): Promise<readonly number[]> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  const page = [metric('JSHeapUsedSize') / 2 ** 20, metric('Nodes'), metric('JSEventListeners')];
  return [...page, ...(await Promise.all(studio.pids().map(residentMiB)))];
}

await page.goto(`${studio.url}/library`);
const samples: (readonly number[])[] = [];
const started = performance.now();
for (let round = 1; performance.now() - started < MINUTES * 60_000; round += 1) {
  const name = `soak-${round}`;
  const file = path.join(scratch, `${name}.mp4`);
  await copyFile(clip, file);
  await upload(file);
  await searchAndPlay();
  await lookAtMap();
  await ask(name);
  await discard(name);
  await rm(file);
  const sample = await memory();
  samples.push(sample);
  const cells = sample.map((value, index) => `${value.toFixed(0)} ${WATCHED[index]}`).join(', ');
  console.log(`${((performance.now() - started) / 60_000).toFixed(1)} min, round ${round}: ${cells}`);
}

const some = Math.max(1, Math.floor(samples.length * SHARE));
for (const [index, what] of WATCHED.entries()) {
  const of = (part: typeof samples) => median(part.map((sample) => sample[index] ?? 0));
  const [early, late] = [of(samples.slice(0, some)), of(samples.slice(-some))];
  console.log(
    `${what}: ${early.toFixed(0)} in the first third, ${late.toFixed(0)} in the last (${(late / early).toFixed(2)}×)`,
  );
}
console.log(`${samples.length} rounds; ${problems.length === 0 ? 'no error in the console' : problems.join('\n')}`);
await browser.close();
await studio.stop();
await rm(scratch, { recursive: true });
process.exit(problems.length > 0 ? 1 : 0);
