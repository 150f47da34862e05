import type { Page } from '@playwright/test';
import { getOrCreateCollection } from '../../src/api/workflows/collections.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { expect, platform, test } from './studio-test.ts';

/** Nothing that is pressed on a page takes the focus away from whoever uses the keyboard. */

let videoId: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = (await processedClip(platform())).video_id;
  // A failed test starts this file's next one in a new process, with what this one made still there.
  const collection = await getOrCreateCollection(platform(), 'For the keyboard');
  await platform()
    .collections.addVideo(collection.collection_id, videoId)
    .catch(() => undefined);
});

const PAGES: readonly (readonly [path: string, heading: RegExp])[] = [
  ['/library', /^Library/],
  ['/library?view=table', /^Library/],
  ['/upload', /^Upload/],
  ['/pipelines', /^Pipelines/],
  ['/collections', /^Collections/],
  ['/videos/VIDEO', /^A clip for tests/],
  ['/search?in=VIDEO', /^Search/],
  ['/map?in=VIDEO', /^Map/],
  ['/embeddings?in=VIDEO', /^Embeddings/],
  ['/settings', /^Settings/],
];
/** Opens the browser's own dialog, which no test closes, or ends the test's page. */
const LEFT_OUT = /browse|Choose folder|Upload files|Full screen|Picture in picture|Download|Save|Delete|Clear$|Restart/;

const BUTTONS = 'main button:visible:enabled, header button:visible:enabled, main [role=tab]:visible';

const open = async (page: Page, path: string, heading: RegExp) => {
  await page.goto(path.replace('VIDEO', videoId));
  await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
  await page.waitForLoadState('networkidle');
};

const focusIsOnThePage = (page: Page) =>
  page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);

for (const [path, heading] of PAGES) {
  test(`${path}: no press of a button loses the focus`, async ({ page }) => {
    test.setTimeout(240_000);
    await open(page, path, heading);
    const names = await page
      .locator(BUTTONS)
      .evaluateAll((buttons) => buttons.map((button) => button.ariaLabel ?? button.textContent ?? ''));
    const pressed = [...new Set(names)].filter((name) => name.trim() !== '' && !LEFT_OUT.test(name));
    expect(pressed.length).toBeGreaterThan(1);
    for (const name of pressed) {
      const button = page
        .locator(BUTTONS)
        .and(page.getByLabel(name, { exact: true }).or(page.getByText(name, { exact: true })))
        .first();
      // What an earlier press has changed is put back by opening the page anew.
      if (page.url() !== new URL(path.replace('VIDEO', videoId), page.url()).href || !(await button.isVisible())) {
        await open(page, path, heading);
        if (!(await button.isVisible())) continue;
      }
      await button.focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => focusIsOnThePage(page), `after “${name}”`).toBe(true);
      await page.keyboard.press('Escape');
      await expect.poll(() => focusIsOnThePage(page), `after “${name}” and Escape`).toBe(true);
    }
  });
}

test('a field that is left on purpose does not take the keys again', async ({ page, probe }) => {
  await page.goto(`/videos/${videoId}`);
  await expect(page.getByRole('region', { name: 'Player' })).toHaveAttribute('data-status', 'ready');
  const field = page.getByLabel('Current time');
  await field.focus();
  await field.fill('00:00:02.000');
  await page.keyboard.press('Enter');
  await expect.poll(() => probe.frameNumber()).toBe(50);
  await page.keyboard.press('l');
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await expect(field).not.toBeFocused();
});

test('what is deleted gives the focus to what stood beside it', async ({ page }) => {
  await page.goto('/collections');
  const list = page.getByRole('list', { name: 'Collections' });
  for (const name of ['First to go', 'Second to stay']) await platform().collections.create(name);
  await page.reload();
  await list.getByRole('button', { name: /First to go/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the collection' }).press('Enter');
  await expect(list.getByText('First to go')).toHaveCount(0);
  await expect.poll(() => focusIsOnThePage(page)).toBe(true);
  await expect(page.locator('main:focus, main :focus')).toHaveCount(1);
});
