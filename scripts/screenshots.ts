import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { footage } from '../e2e/clips/footage.ts';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { inParallel } from '../src/api/concurrency.ts';
import { waitForPipelines } from '../src/api/workflows/wait-until-ready.ts';

/** Takes the README's pictures of a studio of its own, filled with the shared videos where they are present. */

const OUT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const NAMES = [
  'vtest.avi',
  'bottle-detection.mp4',
  'classroom.mp4',
  'person-bicycle-car-detection.mp4',
  'car-detection.mp4',
];

const studio = await startStudio();
const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const present = NAMES.map(footage).filter((file) => file !== null);
const files = present.length > 0 ? present : [await timecodeClip(16)];
const uploads = await inParallel(files, 2, (file) => uploadAndWait(client, file, path.parse(file).name));

await mkdir(OUT, { recursive: true });
const browser = await chromium.launch(await browserToUse());
const page = await browser.newPage({ baseURL: studio.url, viewport: { width: 1440, height: 900 } });

async function picture(name: string, show: (page: Page) => Promise<void>): Promise<void> {
  await show(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(OUT, `${name}.jpg`), type: 'jpeg', quality: 82 });
}

await picture('pipelines', async () => {
  // All at once, so that some run and some wait.
  await page.goto('/pipelines');
  await page.getByRole('button', { name: /Process all/ }).click();
  await page
    .getByRole('progressbar', { name: /Analyze: [1-9]\d*/ })
    .first()
    .waitFor();
});
for (const videoId of uploads) await waitForPipelines(client, videoId);
const newest = uploads[uploads.length - 1];

const paused = () => page.evaluate(() => document.querySelector('video')?.pause());

await picture('library', async () => {
  await page.goto('/library');
  await page.getByRole('gridcell').last().waitFor();
});
await picture('video', async () => {
  await page.goto(`/videos/${newest}?t=16`);
  await page.getByRole('button', { name: 'Summarize the video' }).click();
  await page.getByText('No language model is configured').waitFor();
});
await picture('search', async () => {
  await page.goto('/search?q=red+car');
  await page.getByRole('button', { name: /Search for/ }).click();
  await page.getByTestId('hits').getByRole('button').first().click();
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 2);
  await paused();
});
await picture('map', async () => {
  await page.getByRole('link', { name: 'Map' }).first().click();
  await page.getByTestId('map').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 2);
  await paused();
});

await browser.close();
await studio.stop();
