import { writeFile } from 'node:fs/promises';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import { hits, searchAndList, searchedClip } from './search-driver.ts';
import { expect, platform, test } from './studio-test.ts';

/** Searching with what is seen instead of words. */

let videoId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = await searchedClip();
});

const getStart = async (row: ReturnType<typeof hits>) => Number(await row.first().getAttribute('data-start'));

test('more like a result: a search by its looks, which words narrow, and that can be left', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  const start = await getStart(hits(page));
  await page
    .getByRole('link', { name: /^More like this segment/ })
    .first()
    .click();
  await expect(page.getByText('Looks like this segment')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`like=[0-9a-f-]+&in=${videoId}`));
  // All others of the video, and not the segment itself.
  await expect.poll(() => getStart(hits(page))).not.toBe(start);
  expect(await seriousProblems(page)).toEqual([]);

  await page.getByLabel('Search for').fill('blue');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(/“blue”/);
  await expect(page.getByText('Looks like this segment')).toBeVisible();
  await page.getByRole('button', { name: 'Search without this segment' }).click();
  await expect(page.getByText('Looks like this segment')).toBeHidden();
  await expect(page.getByRole('button', { name: /Search for “blue”/ })).toBeVisible();

  // A link is shared, and costs nothing by being opened.
  await page.goBack();
  await page.reload();
  await page.getByRole('button', { name: 'Search for segments like this (1 credit)' }).click();
  await expect(hits(page).first()).toBeVisible();
});

test('the frame that a player shows, and a picture file, find the segment that they are of', async ({ page }, info) => {
  const at = SCENE_SECONDS * 2 + 1;
  await page.goto(`/videos/${videoId}?t=${at}`);
  await expect.poll(() => page.evaluate(() => (document.querySelector('video')?.readyState ?? 0) >= 2)).toBe(true);
  await page.getByRole('button', { name: 'Search with this frame (1 credit)' }).click();
  await expect(page.getByRole('img', { name: 'The picture that results look like' })).toBeVisible();
  await expect.poll(() => getStart(hits(page)), { timeout: 30_000 }).toBe(SCENE_SECONDS * 2);

  const [segment] = (await platform().search.search('green', { videoIds: [videoId], topK: 1 })) ?? [];
  const file = info.outputPath('green.jpg');
  await writeFile(file, Buffer.from(await (await fetch(segment?.thumbnail_url ?? '')).arrayBuffer()));
  await page.goto(`/search?in=${videoId}`);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /^Search with a picture/ }).click(),
  ]);
  await chooser.setFiles(file);
  await expect.poll(() => getStart(hits(page)), { timeout: 30_000 }).toBe((segment?.start_ms ?? 0) / 1000);
});

test('a file that is no picture says so', async ({ page }, info) => {
  const file = info.outputPath('broken.png');
  await writeFile(file, 'not a picture');
  await page.goto('/search');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /^Search with a picture/ }).click(),
  ]);
  await chooser.setFiles(file);
  await expect(page.getByText('This picture cannot be read.')).toBeVisible();
});
