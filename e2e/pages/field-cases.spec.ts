import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { expect, platform, test } from './studio-test.ts';

/** Real-world files as a person meets them: what plays, where its flash is, and what the page says. */

const FILES = fileURLToPath(new URL('../clips/field-cases/', import.meta.url));

test.describe.configure({ timeout: 120_000 });

/** Mean brightness (0..255) of what the player shows at a time. The frame may be drawn a little after `seeked`: poll. */
async function brightnessAt(page: Page, seconds: number): Promise<number> {
  return page.evaluate(async (time) => {
    const video = document.querySelector('video');
    if (!video) return -1;
    if (Math.abs(video.currentTime - time) > 0.001) {
      const sought = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      video.currentTime = time;
      await sought;
    }
    const context = new OffscreenCanvas(16, 16).getContext('2d');
    context?.drawImage(video, 0, 0, 16, 16);
    const data = context?.getImageData(0, 0, 16, 16).data ?? [];
    return [...data].filter((_, at) => at % 4 === 1).reduce((sum, value) => sum + value, 0) / 256;
  }, seconds);
}

async function open(page: Page, file: string): Promise<string> {
  const videoId = await uploadAndWait(platform(), `${FILES}${file}`, file);
  await page.goto(`/videos/${videoId}`);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
  return videoId;
}

for (const [file, title] of [
  ['fl_ts3600.mpegts', 'a transport stream that starts at one hour'],
  ['fl_vdelay.mp4', 'a picture that starts two seconds after the sound'],
  ['fl_adelay.mp4', 'sound that starts two seconds after the picture'],
  ['fl_web100.webm', 'a WebM that was captured live'],
] as const) {
  test(`${title} shows its flash at five seconds`, async ({ page }) => {
    await open(page, file);
    await expect.poll(() => brightnessAt(page, 4.94)).toBeLessThan(90);
    await expect.poll(() => brightnessAt(page, 5.1)).toBeGreaterThan(200);
    expect(await page.evaluate(() => document.querySelector('video')?.duration)).toBeCloseTo(8, 1);
  });
}

test('the segment, the hit and the answer lead to the flash', async ({ page }) => {
  const videoId = await open(page, 'fl_vdelay.mp4');
  await processAndWait(platform(), videoId);
  const { points } = await platform().search.visualize({ videoIds: [videoId] });
  const flash = points.find(({ start }) => start.startsWith('00:00:05'));
  expect(flash).toBeDefined();
  await page.goto(`/videos/${videoId}?t=5`);
  await page.waitForFunction(() => Math.abs((document.querySelector('video')?.currentTime ?? 0) - 5) < 0.1);
  await expect.poll(() => brightnessAt(page, 5.1)).toBeGreaterThan(200);
});

test('a phone’s portrait video stands upright, and a wide DVD is wide', async ({ page }) => {
  const shape = () =>
    page.evaluate(() => {
      const video = document.querySelector('video');
      return (video?.videoWidth ?? 0) / (video?.videoHeight ?? 1);
    });
  await open(page, 'rot90.mp4');
  expect(await shape()).toBeCloseTo(9 / 16, 2);
  await open(page, 'sar_pal169.mpg');
  expect(await shape()).toBeCloseTo(16 / 9, 1);
});

test('what of a file cannot be played is said on its page', async ({ page }) => {
  await open(page, 'fl_trunc_fast.mp4');
  await expect(page.getByText('Only 3.9 of 8.0 s could be read: the file is incomplete or damaged.')).toBeVisible();
  await open(page, 'fl_unkaudio.mp4');
  await expect(page.getByText('There is no sound: its codec (apple_apac) is not supported.')).toBeVisible();
});
