import { mappedClips, openMap } from './mapped-clips.ts';
import { expect, platform, test } from './studio-test.ts';

/** What stands around the map. */

let ids: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(300_000);
  ids = await mappedClips(platform());
});

test('the side panel is made wider by its edge, and it is remembered', async ({ page }) => {
  await openMap(page, ids);
  const edge = page.getByRole('separator', { name: 'Width of the side panel' });
  const width = async () => (await page.getByRole('tablist').boundingBox())?.width ?? 0;
  const before = await width();
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width).toBeCloseTo(before + 48, 0);
  const box = await edge.boundingBox();
  if (!box) throw new Error('There is no edge.');
  await page.mouse.move(box.x + 6, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x - 94, box.y + 100, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBeCloseTo(before + 148, 0);
  // A reload of this test would start with the preferences that `openMap` writes.
  const stored = await page.evaluate(() => localStorage.getItem('studio-preferences'));
  expect(JSON.parse(stored ?? '{}').state.mapDockWidth).toBeCloseTo(before + 148, 0);
});

test('the layout is computed anew when that is asked for', async ({ page }) => {
  await openMap(page, ids);
  await page.getByRole('button', { name: 'Display options' }).click();
  const drawnAgain = page.waitForResponse((response) => response.url().endsWith('/local/map'));
  await page.getByRole('menuitem', { name: 'Recompute layout' }).click();
  expect((await drawnAgain).status()).toBe(200);
  await expect(page.getByRole('menuitem', { name: 'Recompute layout' })).toBeEnabled();
});
