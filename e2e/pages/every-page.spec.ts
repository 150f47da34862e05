import type { Page } from '@playwright/test';
import { processedClip } from '../clips/processed-clip.ts';
import { seriousProblems } from './axe.ts';
import { walkByKeyboard } from './keyboard-walk.ts';
import { expect, platform, test } from './studio-test.ts';

/** What holds for each page: it says what it is, fits, keeps still, keeps nobody out, and reports no error. */

const SIZES = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
  { width: 3840, height: 2160 },
];
/** A window of 1280 by 1024 at 200 and at 400 % zoom (WCAG 1.4.10). */
const ZOOMED = [
  { width: 640, height: 512 },
  { width: 320, height: 256 },
];
/** What browsers call a good cumulative layout shift. */
const STILL = 0.1;

const PAGES: readonly (readonly [name: string, path: string, heading: RegExp])[] = [
  ['Library', '/library', /^Library/],
  ['Upload', '/upload', /^Upload/],
  ['Pipelines', '/pipelines', /^Pipelines/],
  ['Collections', '/collections', /^Collections/],
  ['Video', '/videos/VIDEO', /^A clip for tests/],
  ['Search', '/search', /^Search/],
  ['Map', '/map?in=VIDEO', /^Map/],
  ['Embeddings', '/embeddings?in=VIDEO', /^Embeddings/],
  ['Databases', '/embeddings?in=VIDEO&view=databases', /^Embeddings/],
  ['Programs', '/embeddings?in=VIDEO&view=programs', /^Embeddings/],
  ['Settings', '/settings', /^Settings/],
  ['Models', '/settings/models', /^Models/],
  ['an address that is not there', '/no/such/page', /^Page not found/],
];

/** The shifts of the layout since the page began, as the browser adds them up. */
const getShifts = (page: Page) =>
  page.evaluate(() => {
    const observer = new PerformanceObserver(() => undefined);
    observer.observe({ type: 'layout-shift', buffered: true });
    const shifts = observer.takeRecords() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
    observer.disconnect();
    return shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0);
  });

let videoId: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = (await processedClip(platform())).video_id;
});

for (const [name, path, heading] of PAGES) {
  test(`${name}: fits every screen, keeps still, is open to all`, async ({ page }) => {
    for (const [index, size] of SIZES.entries()) {
      await page.setViewportSize(size);
      await page.goto(path.replace('VIDEO', videoId));
      await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expect(page).toHaveTitle(/.+ · Mikshi Studio|Mikshi Studio/);
      expect(await getShifts(page), `layout shifts at ${size.width}`).toBeLessThan(STILL);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, `pixels beyond ${size.width}`).toBeLessThanOrEqual(0);
      // Both schemes are looked at, each on one size.
      if (index === 2) continue;
      await page.evaluate(
        (scheme) => {
          document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
        },
        index === 0 ? 'light' : 'dark',
      );
      expect(await seriousProblems(page), `at ${size.width}`).toEqual([]);
    }
    for (const size of ZOOMED) {
      await page.setViewportSize(size);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, `pixels beyond ${size.width}`).toBeLessThanOrEqual(0);
    }
  });
}

for (const [name, path, heading] of PAGES) {
  test(`${name}: the Tab key reaches everything, shows where it is, and gets out again`, async ({ page }) => {
    await page.goto(path.replace('VIDEO', videoId));
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    const { stops, unseen, missed } = await walkByKeyboard(page);
    expect(stops).toBeGreaterThan(8);
    expect(missed, 'never reached').toEqual([]);
    expect(unseen, 'no ring around').toEqual([]);
  });
}

test('where colors are the system’s, what is chosen has a line around it', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const outline = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).outlineStyle);
  await page.goto('/library');
  await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
  expect(await outline('nav [aria-current="page"]')).toBe('solid');
  await page.goto(`/map?in=${videoId}`);
  await expect(page.getByTestId('map')).toBeVisible();
  expect(await outline('main [aria-pressed="true"]')).toBe('solid');
  expect(await outline('main [role=tab][aria-selected="true"]')).toBe('solid');
  expect(await seriousProblems(page)).toEqual([]);
});

test('the first press of Tab offers to skip the rail', async ({ page }) => {
  await page.goto('/library');
  await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(/\/library$/);
  await page.keyboard.press('Tab');
  await expect(page.locator('main :focus')).toHaveCount(1);
});

test('the whole studio can be walked by the keyboard', async ({ page }) => {
  await page.goto('/library');
  await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
  const visited: string[] = [];
  for (const [name] of PAGES.slice(0, 8)) {
    if (name === 'Video') continue;
    const link = page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name });
    await link.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText(new RegExp(`^${name}`));
    // What Tab reaches behind the rail is on the page, once the page is there.
    await expect(async () => {
      await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Settings' }).focus();
      await page.keyboard.press('Tab');
      await expect(page.locator('main :focus'), name).toHaveCount(1, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    visited.push(name);
  }
  expect(visited).toHaveLength(7);
});
