import type { Page } from '@playwright/test';
import { processedClip } from '../clips/processed-clip.ts';
import { seriousProblems } from './axe.ts';
import { expect, platform, test } from './studio-test.ts';

/** A phone: a narrow screen, fingers, no keyboard. */
test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

let videoId: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = (await processedClip(platform())).video_id;
});

/** CSS pixels that a finger needs. */
const MIN_TARGET = 44;

/** Names and sizes of buttons in sight that are too small. */
const getSmallButtons = (page: Page) =>
  page.evaluate(
    (least) =>
      [...document.querySelectorAll<HTMLElement>('.mantine-ActionIcon-root, .mantine-Button-root, nav a, nav button')]
        .filter((button) => button.checkVisibility({ visibilityProperty: true }))
        .map((button) => ({ button, box: button.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
        .map(({ button, box }) => `${button.ariaLabel ?? button.innerText}: ${box.width} x ${box.height}`),
    MIN_TARGET,
  );

for (const path of ['/library', '/upload', '/search', '/map?in=VIDEO', '/videos/VIDEO', '/settings']) {
  test(`${path}: every button is large enough for a finger, and no keys are hinted at`, async ({ page }) => {
    await page.goto(path.replace('VIDEO', videoId));
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await page.waitForLoadState('networkidle');
    expect(await getSmallButtons(page)).toEqual([]);
    await expect(page.locator('kbd:visible')).toHaveCount(0);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBeLessThanOrEqual(0);
  });
}

test('the bottom bar has five entries, and the others are behind “More”', async ({ page }) => {
  await page.goto('/library');
  const bar = page.getByRole('navigation', { name: 'Pages' }).last();
  await expect(bar.locator('a, button')).toHaveCount(5);
  await bar.getByRole('button', { name: 'More' }).tap();
  const sheet = page.getByRole('dialog', { name: 'More' });
  await expect(sheet.getByRole('link')).toHaveText(['Pipelines', 'Collections', 'Embeddings', 'Settings']);
  expect(await seriousProblems(page)).toEqual([]);
  await sheet.getByRole('link', { name: 'Collections' }).tap();
  await expect(page.getByRole('heading', { name: 'Collections', level: 1 })).toBeVisible();
  await expect(sheet).toBeHidden();
  await expect(bar.getByRole('button', { name: 'More' })).toHaveAttribute('aria-current', 'page');
});

test('the first result is above the fold', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await page.getByLabel('Search for').fill('green');
  await page.getByRole('button', { name: 'Search', exact: true }).tap();
  const first = page.getByTestId('hits').locator('button[data-start]').first();
  await expect(first).toBeVisible();
  const box = await first.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(844 / 2);
});

test('a swipe across the picture plays the next result', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await page.getByLabel('Search for').fill('green');
  await page.getByRole('button', { name: 'Search', exact: true }).tap();
  await page.getByRole('button', { name: /weaker match/ }).tap();
  const rows = page.getByTestId('hits').locator('button[data-start]');
  await rows.first().tap();
  await expect(rows.first()).toHaveAttribute('aria-current', 'true');
  const box = await page.locator('[data-player-stage]').boundingBox();
  if (!box) throw new Error('There is no player.');
  const y = box.y + box.height / 2;
  const session = await page.context().newCDPSession(page);
  const touch = (type: string, x: number) =>
    session.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
    });
  await touch('touchStart', box.x + box.width * 0.8);
  await touch('touchMove', box.x + box.width * 0.5);
  await touch('touchMove', box.x + box.width * 0.2);
  await touch('touchEnd', 0);
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true');
});

test('on its side, what is read stands beside the player', async ({ page }) => {
  await page.goto(`/videos/${videoId}`);
  const player = page.getByRole('region', { name: 'Player' });
  await expect(player).toHaveAttribute('data-status', 'ready');
  await page.setViewportSize({ width: 844, height: 390 });
  const picture = await page.locator('[data-player-stage]').boundingBox();
  const tabs = await page.getByRole('tablist').boundingBox();
  expect(tabs?.x ?? 0).toBeGreaterThanOrEqual((picture?.x ?? 0) + (picture?.width ?? 0));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
});

test('the player stays in view while the page below it is read', async ({ page }) => {
  await page.goto(`/videos/${videoId}`);
  const player = page.getByRole('region', { name: 'Player' });
  await expect(player).toHaveAttribute('data-status', 'ready');
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  await expect(player).toBeInViewport({ ratio: 0.9 });
});

test('the studio can be installed', async ({ page, request }) => {
  await page.goto('/library');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const response = await request.get(href ?? '');
  expect(response.headers()['content-type']).toContain('application/manifest+json');
  const manifest: { display: string; icons: { src: string; type: string }[] } = await response.json();
  expect(manifest.display).toBe('standalone');
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.headers()['content-type']).toContain(type);
  }
});
