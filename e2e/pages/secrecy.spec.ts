import type { Response } from '@playwright/test';
import { processedClip } from '../clips/processed-clip.ts';
import { apiKey, expect, platform, platformUrl, test } from './studio-test.ts';

test('keeps the key out of every byte that the browser receives', async ({ page, baseURL }) => {
  const received: string[] = [];
  const bodies: Promise<void>[] = [];
  const keep = (response: Response) => {
    bodies.push(
      (async () => {
        received.push(`${response.url()}\n${JSON.stringify(await response.allHeaders())}`);
        received.push((await response.body().catch(() => Buffer.alloc(0))).toString('latin1'));
      })(),
    );
  };
  page.on('response', keep);
  const video = await processedClip(platform());
  await page.goto('/library');
  await page.goto('/map');
  await expect(page.getByTestId('map')).toBeVisible();
  await page.goto(`/videos/${video.video_id}`);
  await expect.poll(() => page.evaluate(() => document.querySelector('video')?.readyState ?? 0)).toBeGreaterThan(1);
  // The player goes on fetching segments: what comes from now on would outlive the test.
  page.off('response', keep);
  await Promise.all(bodies);
  expect(received.length).toBeGreaterThan(20);
  expect(received.filter((text) => text.includes(apiKey()))).toEqual([]);

  // The same manifest, without the key that the gateway adds.
  const manifest = new URL(video.hls_playlist_path ?? '').pathname;
  expect((await fetch(`${platformUrl()}${manifest}`)).status).toBe(401);
  expect((await fetch(`${baseURL}${manifest}`)).status).toBe(200);
});

test('refuses other sites and foreign host names', async ({ baseURL, request }) => {
  const list = `${baseURL}/api/backend/v1/developer/videos/list`;
  expect((await request.get(list)).status()).toBe(200);
  expect((await request.get(list, { headers: { host: 'rebound.example' } })).status()).toBe(421);
  expect((await request.get(list, { headers: { origin: 'https://evil.example' } })).status()).toBe(403);
  expect((await request.get(list, { headers: { 'sec-fetch-site': 'cross-site' } })).status()).toBe(403);
});

test('runs under a strict content security policy', async ({ page }) => {
  const response = await page.goto('/library');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
});
