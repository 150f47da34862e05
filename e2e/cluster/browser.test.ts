import { type Browser, chromium, expect as expectPage, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.js';
import { browserToUse } from '../browser.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { paddedClip } from '../clips/padded-clip.ts';
import { type Cluster, startCluster } from './cluster.ts';

/** A person at a gateway of a cluster: what the browser sends to the bucket and gets from it needs its consent, too. */

let cluster: Cluster;
let browser: Browser;

beforeAll(async () => {
  await ensureBuilt();
  cluster = await startCluster({ apis: 2, workers: 1, gateways: 1, env: { S3_REDIRECT_MEDIA: 'true' } });
  browser = await chromium.launch(await browserToUse());
});
afterAll(async () => {
  await browser?.close();
  await cluster?.stop();
});

const bucketHost = () => new URL(cluster.env.S3_ENDPOINT ?? '').host;

const getAlert = (page: Page) => page.getByRole('alert', { name: 'No worker is running for some steps' });

/** A page of the first gateway, and what it asks the bucket for. */
async function openPage(path: string): Promise<{ page: Page; asked: { method: string; status: number }[] }> {
  const page = await browser.newPage({ baseURL: cluster.gateways[0]?.url ?? '' });
  const asked: { method: string; status: number }[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).host === bucketHost())
      asked.push({ method: response.request().method(), status: response.status() });
  });
  await page.goto(path);
  return { page, asked };
}

test('an upload goes from the browser to the bucket, and plays from there', async () => {
  const { page, asked } = await openPage('/upload');
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  // Large enough to be sent in parts.
  const clip = await paddedClip(120);
  await page.getByLabel('Videos to upload').setInputFiles(clip);
  await page.getByRole('button', { name: /^Upload \d+ video/ }).click();
  const client = cluster.apis[0]?.client();
  await expect
    .poll(async () => (await client?.videos.list())?.[0]?.hls_generation_status, { timeout: 90_000 })
    .toBe('completed');
  expect(asked).toContainEqual({ method: 'PUT', status: 200 });
  const [video] = (await client?.videos.list()) ?? [];
  asked.length = 0;
  await page.goto(`/videos/${video?.video_id}`);
  const player = page.locator('video').first();
  await expectPage(player).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).last().click();
  await expect
    .poll(() => player.evaluate((element) => (element instanceof HTMLVideoElement ? element.currentTime : 0)), {
      timeout: 30_000,
    })
    .toBeGreaterThan(0.5);
  expect(asked.filter(({ method, status }) => method === 'GET' && status < 300).length).toBeGreaterThan(1);
  expect(errors).toEqual([]);
  await page.close();
});

test('work that no worker takes is told, on Pipelines and in the metrics', async () => {
  const [worker] = cluster.workers;
  await worker?.stop();
  const small = await cluster.add('worker', { WORKER_STAGES: 'thumbnails' });
  const { page } = await openPage('/upload');
  await page.getByLabel('Videos to upload').setInputFiles(await timecodeClip(4));
  await page.getByRole('button', { name: /^Upload \d+ video/ }).click();
  // A page that is left at once has not yet written down that the upload was started.
  await expectPage(page.getByText(/ uploaded · /)).toBeVisible({ timeout: 60_000 });
  await page.goto('/pipelines');
  await expectPage(getAlert(page)).toContainText('Transcoding: 1 waiting.', { timeout: 90_000 });
  // Its thumbnails have been made: that worker takes them.
  await expectPage(getAlert(page)).not.toContainText('thumbnails');
  const metrics = await (await fetch(`${cluster.apis[0]?.url}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => /^studio_(?:queue_waiting|workers)/.test(line));
  expect(lines).toContain('studio_queue_waiting{stage="transcode"} 1');
  expect(lines).toContain('studio_workers{stage="transcode"} 0');
  expect(lines).toContain('studio_workers{stage="thumbnails"} 1');
  await worker?.start();
  await expectPage(getAlert(page)).toBeHidden({ timeout: 60_000 });
  await small.stop();
  await page.close();
});
