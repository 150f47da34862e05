import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { hits, search } from './search-driver.ts';
import { expect, platform, quiet, test } from './studio-test.ts';

/** A search costs a credit, so it runs when a person asks for it, and never by itself. */

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await processedClip(platform());
});

const bodies = (page: Page, path: string) => {
  const asked: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith(path)) asked.push(JSON.parse(request.postData() ?? 'null'));
  });
  return asked;
};
async function addVideo(name: string): Promise<string> {
  const videoId = await uploadAndWait(platform(), await timecodeClip(4), name);
  await processAndWait(platform(), videoId);
  return videoId;
}

test('a search of all videos names them all at once, and does not wait for the list of videos', async ({ page }) => {
  const asked = bodies(page, '/developer/search');
  await page.route('**/videos/list*limit=500*', (route) => route.abort());
  quiet(page, /Failed to load resource/);
  await page.goto('/search');
  await search(page, 'green');
  await expect(hits(page).first()).toBeVisible();
  expect(asked).toEqual([{ query: 'green', top_k: 10, all_videos: true }]);
  const names = (await platform().videos.list({ limit: 500 })).map(({ name }) => name);
  const isNamed = async () => {
    const text = await hits(page).first().innerText();
    return names.some((name) => text.includes(name));
  };
  await expect.poll(isNamed).toBe(true);
});

test('a video that becomes searchable does not search again, but offers to', async ({ page }) => {
  const asked = bodies(page, '/developer/search');
  await page.goto('/search');
  await search(page, 'blue');
  await expect(hits(page).first()).toBeVisible();
  await addVideo('Came after the search');
  const notice = page.getByRole('status').filter({ hasText: '1 new video since this search' });
  await expect(async () => {
    // What a person does who comes back to the tab. Lists that are some seconds old are not fetched again.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await expect(notice).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(hits(page).first()).toBeVisible();
  expect(asked).toHaveLength(1);
  await notice.getByRole('button', { name: 'Search again (1 credit)' }).click();
  await expect.poll(() => asked.length).toBe(2);
  await expect(notice).toHaveCount(0);
});

test('a video of the scope that is deleted elsewhere does not search again', async ({ page }) => {
  const asked = bodies(page, '/developer/search');
  const ids = [await addVideo('Stays in the scope'), await addVideo('Leaves the scope')];
  quiet(page, /404/);
  await page.goto(`/search?in=${ids.join(',')}`);
  await search(page, 'yellow');
  const found = page.getByText(/\d+ results? · 1 credit/);
  await expect(found).toBeVisible();
  await platform().videos.delete(ids[1] ?? '');
  // Twice, as a person who comes back to the tab minutes later: names are stored for a while.
  for (let visit = 0; visit < 2; visit += 1) {
    const listed = page.waitForResponse((response) => /videos\/(list|get-video-details)/.test(response.url()));
    await page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 6 * 60_000;
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await listed;
    await page.waitForTimeout(1_000);
  }
  await expect(found).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('a reload does not search again', async ({ page }) => {
  const asked = bodies(page, '/developer/search');
  await page.goto('/search');
  await search(page, 'green');
  await expect(hits(page).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Search for “green” (1 credit)' })).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('a search whose page is left goes on, and is not charged twice', async ({ page }) => {
  const asked = bodies(page, '/developer/search');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/developer/search', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/search');
  await search(page, 'green');
  await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
  release();
  await page.goBack();
  await expect(hits(page).first()).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('a collection that changes does not search again, but offers to', async ({ page }) => {
  const asked = bodies(page, '/developer/search');
  const { video_id } = await processedClip(platform());
  const collection = await platform().collections.create('Searched, then changed');
  await platform().collections.addVideo(collection.collection_id, video_id);
  const other = await addVideo('Joined after the search');
  await page.goto(`/search?collection=${collection.collection_id}`);
  await search(page, 'green');
  await expect(hits(page).first()).toBeVisible();
  await platform().collections.addVideo(collection.collection_id, other);
  const notice = page.getByRole('status').filter({ hasText: 'Changed collections since this search' });
  // Lists are fetched again when a person comes back after some seconds.
  await expect(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await expect(notice).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  expect(asked).toHaveLength(1);
});

test('a map stays as it is when a video becomes searchable, and offers to be updated', async ({ page }) => {
  const asked = bodies(page, '/local/map');
  await page.goto('/map');
  const heading = page.getByRole('heading', { name: /^Map · \d+ segments/ });
  await expect(heading).toBeVisible();
  const before = await heading.textContent();
  await addVideo('Came after the map');
  const notice = page.getByRole('status').filter({ hasText: '1 new video' });
  await expect(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await expect(notice).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(heading).toHaveText(before ?? '');
  expect(asked).toEqual([{ all_videos: true }]);
  await notice.getByRole('button', { name: 'Update map' }).click();
  await expect(heading).not.toHaveText(before ?? '');
});

test('a selection of many videos is searched under a short address', async ({ page }) => {
  const { video_id } = await processedClip(platform());
  const videoIds = Array.from({ length: 600 }, () => video_id);
  const asked = bodies(page, '/developer/search');
  await page.addInitScript(
    ([ids]) => {
      const state = { sets: [{ id: 'set-many', videoIds: ids }] };
      localStorage.setItem('studio-video-sets', JSON.stringify({ state, version: 0 }));
    },
    [videoIds],
  );
  await page.goto('/search?in=set-many');
  await search(page, 'green');
  await expect(hits(page).first()).toBeVisible();
  expect(asked).toMatchObject([{ video_ids: videoIds }]);
  await page.goto('/search?in=set-elsewhere');
  await expect(page.getByRole('alert')).toContainText('The chosen videos could not be found');
});

test('a failed search says what is known about its credit', async ({ page }) => {
  quiet(page, /Failed to load resource|ERR_FAILED/);
  const { video_id } = await processedClip(platform());
  await page.goto(`/search?in=${video_id}`);
  const alert = page.getByRole('alert').filter({ hasText: 'The search failed' });
  await page.route('**/developer/search', (route) => route.abort());
  await search(page, 'lost');
  await expect(alert).toContainText('No credit was charged.');
  await page.unroute('**/developer/search');
  await page.route('**/developer/search', (route) => route.fulfill({ status: 500, json: { message: 'It broke.' } }));
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(alert).toContainText('It broke. The credit was returned.');
  await page.unroute('**/developer/search');

  // The platform does the work, and its answer is lost.
  await page.route('**/developer/search', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(alert).toContainText('1 credit was charged.');
});
