import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { CLIP } from '../clips/timecode.ts';
import { expect, platform, quiet, test } from './studio-test.ts';

const SECONDS = 60;
const NAME = 'Long enough to scroll';

async function longVideo(): Promise<string> {
  const known = (await platform().videos.list({ status: 'processed', limit: 500 })).find(({ name }) => name === NAME);
  if (known) return known.video_id;
  const videoId = await uploadAndWait(platform(), await timecodeClip(SECONDS), NAME);
  await processAndWait(platform(), videoId);
  return videoId;
}

test('changing another preference keeps the speed of the shuttle', async ({ page, probe }) => {
  await page.goto(`/videos/${await longVideo()}?t=1`);
  await expect.poll(() => probe.frameNumber()).toBe(CLIP.rate);
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await expect.poll(() => probe.speed()).toBe(2);
  await page.keyboard.press('Shift+M');
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
  expect(await probe.speed()).toBe(2);
});

test('the segment list shows the segment of a link right after the page has loaded', async ({ page }) => {
  await page.goto(`/videos/${await longVideo()}?t=50`);
  const row = page.getByTestId('segments').locator('button[aria-current="true"]');
  await expect(row).toBeInViewport();
  expect(Number(await row.getAttribute('data-start'))).toBeLessThanOrEqual(50);
  expect(Number(await row.getAttribute('data-start'))).toBeGreaterThan(40);
});

test('a player whose code could not be loaded says so, and comes with Retry', async ({ page, probe }) => {
  quiet(page, /Failed to (load resource|fetch)|ERR_FAILED/);
  await page.route('**/assets/hls-*.js', (route) => route.abort());
  await page.goto(`/videos/${await longVideo()}?t=3`);
  const player = page.getByRole('region', { name: 'Player' });
  await expect(player.getByRole('alert')).toContainText('The video player could not be loaded.');
  await expect(player).toHaveAttribute('data-status', 'error');
  await page.unrouteAll();
  await player.getByRole('button', { name: 'Retry' }).click();
  await expect(player).toHaveAttribute('data-status', 'ready');
  await expect.poll(() => probe.frameNumber()).toBe(3 * CLIP.rate);
});

test('a browser without Media Source Extensions plays HLS itself, where it can', async ({ page, probe }) => {
  await page.addInitScript(() => {
    for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) Reflect.deleteProperty(window, name);
  });
  await page.goto(`/videos/${await longVideo()}?t=3`);
  const player = page.getByRole('region', { name: 'Player' });
  const isNative = await page.evaluate(
    () => document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '',
  );
  if (isNative) {
    await expect.poll(() => page.evaluate(() => document.querySelector('video')?.src ?? '')).toContain('.m3u8');
    await expect(player).toHaveAttribute('data-status', 'ready');
    await expect.poll(() => probe.currentTime()).toBeCloseTo(3, 1);
  } else await expect(player.getByRole('alert')).toContainText('This browser cannot play HLS video.');
});

test('an open video stays as it is when its details change, and when they cannot be fetched', async ({
  page,
  probe,
}) => {
  quiet(page, /Failed to load resource/);
  const videoId = await longVideo();
  let name = NAME;
  let refusal: string | null = null;
  await page.route('**/get-video-details?*', async (route) => {
    const response = await route.fetch();
    const details = await response.json();
    // As when a video has more qualities than before.
    const hls_playlist_path = `${details.hls_playlist_path}?of=${encodeURIComponent(name)}`;
    if (refusal === null) await route.fulfill({ response, json: { ...details, name, hls_playlist_path } });
    else await route.fulfill({ status: 400, json: { detail: refusal } });
  });
  /** What a person does who comes back to the tab after some minutes. */
  const comeBack = () =>
    page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 6 * 60_000;
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
  await page.goto(`/videos/${videoId}?t=1`);
  await expect.poll(() => probe.frameNumber()).toBe(CLIP.rate);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => probe.frameNumber()).toBe(2 * CLIP.rate);
  const question = page.getByLabel('Question (1 credit)');
  await question.fill('What about');

  refusal = 'Not now.';
  const refused = page.waitForResponse((response) => response.status() === 400);
  await comeBack();
  await refused;
  [refusal, name] = [null, 'Changed'];
  // Nothing is asked again while the answer that refuses is still being read.
  await expect(async () => {
    await comeBack();
    await expect(page.getByRole('heading', { name: 'Changed' })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(question).toHaveValue('What about');
  await probe.resting();
  expect(await probe.frameNumber()).toBe(2 * CLIP.rate);
});
