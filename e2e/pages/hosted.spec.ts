import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { apiKey, expect, platform, platformUrl, quiet, test } from './studio-test.ts';

/** A studio in front of a hosted platform, which has no trash and no word for "all videos". */

let studio: Studio;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  await processedClip(platform());
  studio = await startStudio({
    env: { MIKSHI_BASE_URL: platformUrl(), MIKSHI_API_KEY: apiKey(), PLATFORM_PORT: '1' },
  });
});
test.afterAll(() => studio.stop());

// Pictures come from the platform itself, which has no https here.
test.beforeEach(({ page }) => quiet(page, /Content Security Policy/));

const upload = async (name: string) => uploadAndWait(platform(), await timecodeClip(4), name);
const listedNames = async () => (await platform().videos.list({ limit: 500 })).map(({ name }) => name);

async function deleteFromLibrary(page: Page, name: string): Promise<void> {
  await page.goto(`${studio.url}/library?name=${encodeURIComponent(name)}`);
  const cell = page.getByRole('gridcell', { name });
  await cell.getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('You can undo this for a few seconds; after that it is permanent.');
  await dialog.getByRole('button', { name: 'Delete 1 video' }).click();
  await expect(cell).toBeHidden();
}

test('a deletion waits while Undo is offered, and is not sent when it is undone', async ({ page }) => {
  await upload('Hosted and undone');
  await deleteFromLibrary(page, 'Hosted and undone');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('gridcell', { name: 'Hosted and undone' })).toBeVisible();
  expect(await listedNames()).toContain('Hosted and undone');
});

test('a deletion is sent when the tab is closed before Undo has ended', async ({ page }) => {
  await upload('Hosted and left');
  await deleteFromLibrary(page, 'Hosted and left');
  await page.close();
  await expect.poll(listedNames, { timeout: 4_000 }).not.toContain('Hosted and left');
});

test('Settings has no trash', async ({ page }) => {
  await page.goto(`${studio.url}/settings`);
  await expect(page.getByRole('region', { name: 'Platform' })).toContainText('Connected');
  await expect(page.getByRole('region', { name: 'Recently deleted' })).toHaveCount(0);
});

test('a search of all videos names those that are searchable when it is sent', async ({ page }) => {
  await upload('Hosted, not searchable');
  const searchable = (await platform().videos.list({ status: 'processed', limit: 500 })).map(
    ({ video_id }) => video_id,
  );
  const request = page.waitForRequest((sent) => sent.url().endsWith('/developer/search'));
  await page.goto(`${studio.url}/search`);
  await page.getByLabel('Search for').fill('green');
  await page.keyboard.press('Enter');
  const { video_ids, all_videos } = JSON.parse((await request).postData() ?? '{}');
  expect(all_videos).toBeUndefined();
  expect([...video_ids].sort()).toEqual([...searchable].sort());
  await expect(page.getByTestId('hits')).toBeVisible();
});

test('a question about what is searched is asked of each video that was found, and says so first', async ({ page }) => {
  const { video_id } = await processedClip(platform());
  const asked: string[] = [];
  page.on('request', (sent) => {
    if (sent.url().endsWith('/chat/ask')) asked.push(JSON.parse(sent.postData() ?? '{}').video_id);
  });
  await page.goto(`${studio.url}/search?in=${video_id}`);
  await page.getByLabel('Search for').fill('green');
  await page.keyboard.press('Enter');
  const answer = page.getByRole('region', { name: 'Answer' });
  await answer.getByRole('button', { name: 'Answer from 1 video (1 credit)' }).click();
  await expect(answer).toContainText('A clip for tests');
  await expect(answer.getByRole('list', { name: 'Sources' })).toBeVisible();
  expect(asked).toEqual([video_id]);
});
