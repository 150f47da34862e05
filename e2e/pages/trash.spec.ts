import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { seriousProblems } from './axe.ts';
import { expect, plainHttpUrl, platform, test } from './studio-test.ts';

// As other machines in a local network see it.
test.use({ baseURL: plainHttpUrl() });

const upload = async (name: string) => uploadAndWait(platform(), await timecodeClip(4), name);
const listedNames = async () => (await platform().videos.list({ limit: 500 })).map(({ name }) => name);

async function deleteFromLibrary(page: Page, name: string): Promise<void> {
  await page.goto(`/library?name=${encodeURIComponent(name)}`);
  const cell = page.getByRole('gridcell', { name });
  await cell.getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('You can restore it for a day in Settings.');
  await expect(dialog).not.toContainText('permanent');
  await dialog.getByRole('button', { name: 'Delete 1 video' }).click();
  await expect(cell).toBeHidden();
}

test('a deleted video stays deleted when the tab is closed right away', async ({ page }) => {
  await upload('Deleted and left');
  await deleteFromLibrary(page, 'Deleted and left');
  await page.close();
  await expect.poll(listedNames, { timeout: 4_000 }).not.toContain('Deleted and left');
});

test('Undo restores a deleted video with its markers', async ({ page }) => {
  const videoId = await upload('Deleted and undone');
  await page.goto(`/videos/${videoId}?t=1`);
  await expect(page.getByRole('region', { name: 'Player' })).toHaveAttribute('data-status', 'ready');
  await page.keyboard.press('m');
  await deleteFromLibrary(page, 'Deleted and undone');
  await expect.poll(listedNames).not.toContain('Deleted and undone');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('gridcell', { name: 'Deleted and undone' })).toBeVisible();
  expect(await listedNames()).toContain('Deleted and undone');
  await page.goto(`/videos/${videoId}`);
  await page.getByRole('tab', { name: 'Markers' }).click();
  await expect(page.getByRole('list', { name: 'Markers' }).getByRole('listitem')).toHaveCount(1);
});

test('Settings lists deleted videos, restores one, and deletes the rest permanently', async ({ page }) => {
  await upload('Deleted and restored');
  await upload('Deleted for good');
  await deleteFromLibrary(page, 'Deleted and restored');
  await deleteFromLibrary(page, 'Deleted for good');
  await page.goto('/settings');
  const trash = page.getByRole('region', { name: 'Recently deleted' });
  const row = trash.getByRole('listitem').filter({ hasText: 'Deleted and restored' });
  await expect(row).toContainText(/[\d.]+ [KM]B · deleted \w+/);
  expect(await seriousProblems(page)).toEqual([]);
  await row.getByRole('button', { name: 'Restore Deleted and restored' }).click();
  await expect(row).toBeHidden();
  await expect.poll(listedNames).toContain('Deleted and restored');

  await trash.getByRole('button', { name: 'Delete all permanently' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('This cannot be undone.');
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await expect(trash.getByRole('listitem')).toHaveCount(0);
  await page.goto('/library');
  await expect(page.getByRole('gridcell', { name: 'Deleted and restored' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Deleted for good' })).toHaveCount(0);
});

test('a deleted video is gone from the search and the map that were open before', async ({ page }) => {
  const ids = await Promise.all(['Stays in results', 'Leaves results'].map(upload));
  for (const id of ids) await processAndWait(platform(), id);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/developer/search')) asked.push(request.url());
  });
  const link = (name: string) => page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name });
  await page.goto(`/search?in=${ids.join(',')}`);
  await page.getByLabel('Search for').fill('gray');
  await page.keyboard.press('Enter');
  const openHit = (name: string) =>
    page.getByRole('link', { name: `Open ${name} at this segment`, includeHidden: true });
  await page
    .getByRole('button', { name: /weaker match/ })
    .click({ timeout: 3_000 })
    .catch(() => undefined);
  await expect(openHit('Leaves results')).toHaveCount(1);

  await link('Library').click();
  await page.getByRole('gridcell', { name: 'Leaves results' }).getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 video' }).click();
  await expect(page.getByRole('gridcell', { name: 'Leaves results' })).toBeHidden();
  await page.goBack();
  await expect(page.getByTestId('hits')).toBeVisible();
  await page
    .getByRole('button', { name: /weaker match/ })
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  await expect(openHit('Stays in results')).toHaveCount(1);
  await expect(openHit('Leaves results')).toHaveCount(0);
  expect(asked).toHaveLength(1);
});

test('a collection that is deleted with the tab closed right away stays deleted', async ({ page }) => {
  const { collection_id } = await platform().collections.create('Deleted and left');
  await page.goto(`/collections/${collection_id}`);
  await page.getByRole('button', { name: 'Actions for Deleted and left' }).click();
  await page.getByRole('menuitem', { name: 'Delete …' }).click();
  await page.getByRole('button', { name: 'Delete the collection' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.close({ runBeforeUnload: false });
  const names = async () => (await platform().collections.list({ pageSize: 100 })).data.map(({ name }) => name);
  await expect.poll(names, { timeout: 4_000 }).not.toContain('Deleted and left');
});
