import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { hits, searchAndList } from './search-driver.ts';
import { expect, platform, test } from './studio-test.ts';
import { UploadDriver } from './upload-driver.ts';

/** Browsers that lack what others have: Safari, and every browser over plain HTTP in a local network. */

async function removeSecureContextApis(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const remove = (owner: object, name: string) =>
      Object.defineProperty(owner, name, { value: undefined, configurable: true });
    for (const name of ['locks', 'clipboard', 'storage']) remove(Navigator.prototype, name);
    for (const name of ['randomUUID', 'subtle']) remove(Crypto.prototype, name);
  });
}

async function removeNewerApis(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const remove = (owner: object, name: string) => Reflect.deleteProperty(owner, name);
    for (const name of ['requestIdleCallback', 'cancelIdleCallback']) remove(window, name);
    remove(AbortSignal, 'any');
    remove(Promise, 'withResolvers');
    remove(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
    remove(HTMLVideoElement.prototype, 'requestPictureInPicture');
    Object.defineProperty(Document.prototype, 'pictureInPictureEnabled', { value: false });
    remove(IDBFactory.prototype, 'databases');
  });
}

/** As on an iPhone before iOS 17.1, where the browser itself plays HLS. */
async function removeMediaSource(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) Reflect.deleteProperty(window, name);
  });
}

test('without Media Source Extensions the browser plays the manifest itself, with exact seeks', async ({
  page,
  probe,
}) => {
  const video = await processedClip(platform());
  await removeMediaSource(page);
  // The page's own request for the manifest, for the frame rate, comes late.
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/*.m3u8', async (route) => {
    if (route.request().resourceType() === 'fetch') await held;
    await route.continue();
  });
  await page.goto(`/videos/${video.video_id}?t=1`);
  const player = page.getByRole('region', { name: 'Player' });
  await expect(player).toHaveAttribute('data-status', 'ready');
  expect(await page.evaluate(() => document.querySelector('video')?.src)).toMatch(/\.m3u8/);
  await expect.poll(() => probe.frameNumber()).toBe(25);
  await page.keyboard.press('.');
  release();
  await expect.poll(() => probe.frameNumber()).toBe(26);
  await page.keyboard.press('5');
  await expect.poll(() => probe.frameNumber()).not.toBe(26);
  await page.keyboard.press('l');
  await expect(player).toHaveAttribute('data-status', 'playing');
  const before = await probe.currentTime();
  await expect.poll(() => probe.currentTime()).toBeGreaterThan(before);
  await page.keyboard.press('k');
  await expect(player).toHaveAttribute('data-status', 'ready');
});

test('every page opens without the APIs that Safari and Firefox lack', async ({ page }) => {
  const video = await processedClip(platform());
  await removeNewerApis(page);
  for (const path of ['library', 'upload', 'pipelines', 'collections', 'search', 'embeddings', 'settings']) {
    await page.goto(`/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await page.goto('/map');
  await expect(page.getByRole('heading', { name: /^Map · \d+/ })).toBeVisible();
  await page.goto(`/videos/${video.video_id}?t=1`);
  await expect(page.getByRole('region', { name: 'Player' })).toHaveAttribute('data-status', 'ready');
  await page.keyboard.press('l');
  await expect(page.getByRole('region', { name: 'Player' })).toHaveAttribute('data-status', 'playing');
  await page.keyboard.press('w');
});

test('uploads, marks and copies without a secure context', async ({ page }) => {
  const video = await processedClip(platform());
  await removeSecureContextApis(page);
  await page.goto('/upload');
  const upload = new UploadDriver(page);
  await upload.pick(await timecodeClip(4));
  await upload.start();
  const row = page.getByRole('list', { name: 'Uploads' }).getByRole('listitem').first();
  await expect(row.getByRole('progressbar', { name: 'HLS: done' })).toBeVisible({ timeout: 120_000 });

  await page.goto(`/videos/${video.video_id}?t=1`);
  await expect(page.getByRole('region', { name: 'Player' })).toHaveAttribute('data-status', 'ready');
  await page.keyboard.press('m');
  await page.getByRole('tab', { name: 'Markers' }).click();
  await expect(page.getByRole('list', { name: 'Markers' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Copy a link to this time' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();

  await page.goto('/settings');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('where data is to be saved, nothing is fetched before it is played', async ({ page, probe }) => {
  const video = await processedClip(platform());
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } });
  });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(`/search?in=${video.video_id}`);
  await searchAndList(page, 'red');
  const first = page.getByRole('button', { name: /^Play the first result/ });
  await expect(first).toBeVisible();
  await hits(page).first().hover();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(fetched.filter((path) => /\.(m3u8|m4s)$/.test(path))).toEqual([]);
  await first.click();
  await expect.poll(() => probe.isPlaying()).toBe(true);
});
