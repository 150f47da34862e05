import { readFile } from 'node:fs/promises';
import type { Page, Route } from '@playwright/test';
import { processedClip } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import { hits, SEARCHED_NAME, SEARCHED_SECONDS, searchAndList, searchedClip } from './search-driver.ts';
import { expect, plainHttpUrl, platform, test } from './studio-test.ts';

// As other machines in a local network see it.
test.use({ baseURL: plainHttpUrl() });

test.describe.configure({ mode: 'serial' });

let videoId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = await searchedClip();
});

const searches = (page: Page) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/developer/search')) asked.push(request.postData() ?? '');
  });
  return asked;
};

test('the green scene comes first, what has nothing to do with it is folded away', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await expect(hits(page).first()).toHaveAttribute('data-start', String(SCENE_SECONDS));
  const strong = await hits(page).count();
  expect(strong).toBeLessThan(SEARCHED_SECONDS / SCENE_SECONDS);
  const fold = page.getByRole('button', { name: /weaker match/ });
  await fold.click();
  await expect(hits(page)).toHaveCount(SEARCHED_SECONDS / SCENE_SECONDS);
  expect(await seriousProblems(page)).toEqual([]);
});

test('Enter in the top bar searches and focuses the first result; back leaves the focus alone', async ({ page }) => {
  await page.goto('/library');
  await page.keyboard.press('/');
  await page.keyboard.type('green');
  await page.keyboard.press('Enter');
  await expect(hits(page).first()).toBeFocused();
  await page.getByLabel('Search for').fill('blue');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(/“blue”/);
  await expect(hits(page).first()).toBeFocused();
  await page.goBack();
  await expect(page.getByLabel('Search for')).toHaveValue('green');
  await expect(hits(page).first()).toBeVisible();
  await expect(hits(page).first()).not.toBeFocused();
});

test('what is in no video has no close matches, and the box keeps the focus', async ({ page }) => {
  await page.goto('/search');
  for (const text of ['qwxz', 'zebra on a bicycle']) {
    await searchAndList(page, text);
    await expect(page.getByText(`No close matches for “${text}”`)).toBeVisible();
    await expect(hits(page)).toHaveCount(0);
    await expect(page.getByLabel('Search for')).toBeFocused();
  }
  expect(await seriousProblems(page)).toEqual([]);
});

test('N and P go through the results, which stop at their end or go on as is set', async ({ page, probe }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: /weaker match/ }).click();
  const player = page.getByRole('region', { name: 'Player' });
  await page.getByRole('button', { name: /Play the first result/ }).click();
  await expect(page.getByRole('status', { name: 'Result' })).toHaveText(`1 of ${SEARCHED_SECONDS / SCENE_SECONDS}`);
  await expect(page.getByText('0:04–0:08').last()).toBeVisible();
  // It stays on the last frame of the result.
  await expect(player).toHaveAttribute('data-status', 'playing');
  await expect.poll(() => probe.isPlaying()).toBe(false);
  await expect.poll(() => probe.frameNumber()).toBe(2 * SCENE_SECONDS * 25 - 1);

  await page.keyboard.press('n');
  await expect(hits(page).nth(1)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('p');
  await expect(hits(page).first()).toHaveAttribute('aria-current', 'true');
  await page.getByRole('combobox', { name: 'At the end of a result' }).click();
  await page.getByRole('option', { name: 'Play next result' }).click();
  await expect(hits(page).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('status', { name: 'Result' })).toHaveText(`2 of ${SEARCHED_SECONDS / SCENE_SECONDS}`);
});

test('a blank page offers queries made of what was detected', async ({ page }) => {
  await page.goto('/search');
  const examples = page.getByRole('region', { name: 'Example searches' });
  // The clips are colored scenes, with nothing in them that the detector knows.
  const example = examples.getByRole('button', { name: / scene$/ }).first();
  const query = await example.innerText();
  await example.click();
  await expect(page).toHaveTitle(new RegExp(`“${query}”`));
  await expect(page.getByLabel('Search for')).toHaveValue(query);
  await expect(hits(page).first()).toBeVisible();
});

test('offered queries appear all at once, however slowly what they are made of arrives', async ({ page }) => {
  // The segments of the first video are answered, those of the others once the page has had the time to show them.
  const held: Route[] = [];
  let isReleased = false;
  let isFirst = true;
  await page.route(/\/local\/videos\/[^/]+\/segments/, async (route) => {
    if (isFirst || isReleased) {
      isFirst = false;
      await route.continue();
    } else held.push(route);
  });
  const first = page.waitForResponse(/\/local\/videos\/[^/]+\/segments/);
  await page.goto('/search');
  await (await first).finished();
  for (let frame = 0; frame < 5; frame += 1) await page.evaluate(() => new Promise(requestAnimationFrame));
  const examples = page.getByRole('region', { name: 'Example searches' });
  expect(held.length).toBeGreaterThan(0);
  expect(await examples.count()).toBe(0);
  isReleased = true;
  await Promise.all(held.map((route) => route.continue()));
  await expect(examples).toBeVisible();
});

test('the search box stays in view while the results scroll', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 490 });
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: /weaker match/ }).click();
  await expect(hits(page)).toHaveCount(SEARCHED_SECONDS / SCENE_SECONDS);
  await page.mouse.wheel(0, 2_000);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(50);
  await expect(page.getByLabel('Search for')).toBeInViewport();
});

test('arrows walk the hits, Enter plays, and all are played one after the other', async ({ page, probe }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: /weaker match/ }).click();
  await page.getByLabel('Search for').focus();
  await page.keyboard.press('ArrowDown');
  await expect(hits(page).first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /weaker match/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(hits(page).first()).toBeFocused();
  const sought = await probe.nextSeek();
  await page.keyboard.press('Enter');
  expect(await sought()).toBe(SCENE_SECONDS * 25);
  await expect(hits(page).first()).toHaveAttribute('aria-current', 'true');

  const strong = Number(
    await page.getByTestId('hits').evaluate((list) => {
      const rows = [...list.querySelectorAll('button[data-start], button[aria-expanded]')];
      return rows.findIndex((row) => row.textContent?.includes('weaker'));
    }),
  );
  expect(strong).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Play all in order' }).click();
  for (let index = 0; index < strong; index += 1) {
    await expect(hits(page).nth(index)).toHaveAttribute('aria-current', 'true');
  }
  // The last one ends on its last frame, and nothing goes on.
  await expect.poll(() => probe.isPlaying()).toBe(false);
  const start = Number(
    await hits(page)
      .nth(strong - 1)
      .getAttribute('data-start'),
  );
  await expect.poll(() => probe.frameNumber()).toBe((start + SCENE_SECONDS) * 25 - 1);
});

test('a search asked again is free; a link does not spend a credit by being opened', async ({ page }) => {
  const asked = searches(page);
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'blue');
  await searchAndList(page, 'green');
  await page.goBack();
  await expect(page.getByLabel('Search for')).toHaveValue('blue');
  await expect(hits(page).first()).toHaveAttribute('data-start', String(2 * SCENE_SECONDS));
  expect(asked).toHaveLength(2);

  // The hits go along to the video's own timeline, at no charge.
  await page
    .getByRole('link', { name: `Open ${SEARCHED_NAME} at this segment` })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/videos/${videoId}\\?t=8&q=blue`));
  await expect(page.getByText('Hits', { exact: true })).toBeVisible();
  expect(asked).toHaveLength(2);

  await page.goto(`/search?q=blue&in=${videoId}`);
  const button = page.getByRole('button', { name: 'Search for “blue” (1 credit)' });
  await expect(button).toBeVisible();
  expect(asked).toHaveLength(2);
  await button.click();
  await expect(hits(page).first()).toBeVisible();
  expect(asked).toHaveLength(3);
  expect(JSON.parse(asked[2] ?? '')).toEqual({ query: 'blue', video_ids: [videoId], top_k: 10 });
});

test('names match for free, recent searches come back, how many hits is a choice', async ({ page }) => {
  const asked = searches(page);
  await page.goto('/search');
  await searchAndList(page, 'searched');
  const names = page.getByRole('navigation', { name: 'Names that match' });
  await expect(names.getByRole('link', { name: SEARCHED_NAME })).toHaveAttribute('href', `/videos/${videoId}`);

  await page.getByRole('combobox', { name: 'How many hits (top_k)' }).click();
  await page.getByRole('option', { name: '5 hits', exact: true }).click();
  await expect.poll(() => asked.length).toBe(2);
  expect(JSON.parse(asked[1] ?? '').top_k).toBe(5);
  await expect(page).toHaveURL(/k=5/);

  await page.goto('/search');
  await page
    .getByRole('region', { name: 'Recent searches' })
    .getByRole('button', { name: 'searched', exact: true })
    .click();
  await expect(page).toHaveURL(/q=searched/);
  await page.goto('/search');
  await page.getByRole('button', { name: 'Remove “searched” from recent searches' }).click();
  await expect(page.getByRole('region', { name: 'Recent searches' })).toHaveCount(0);
});

test('hits are arranged by video, exported, and told as code', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('combobox', { name: 'Sort hits' }).click();
  await page.getByRole('option', { name: 'Group by video, in time order' }).click();
  await expect(page.getByRole('heading', { name: new RegExp(`^${SEARCHED_NAME}`) })).toBeVisible();
  await expect(page).toHaveURL(/by=video-time/);

  await page.getByRole('button', { name: 'Export hits' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('green.csv');
  const [header, best] = (await readFile(await download.path(), 'utf8')).split('\r\n');
  expect(header).toBe('rank,video_id,video,start,end,score,text,verdict');
  expect(best).toMatch(/^1,[0-9a-f-]{36},.*,00:00:04\.000,00:00:08\.000,0\.\d+,/);

  await page.getByRole('button', { name: 'Show as code' }).click();
  const code = page.getByRole('dialog', { name: 'This search as code' });
  await expect(code.getByRole('tabpanel', { name: 'curl' })).toContainText('"query": "green"');
  await code.getByRole('tab', { name: 'Python' }).click();
  await expect(code.getByRole('tabpanel', { name: 'Python' })).toContainText('client.search.search(');
  await expect(code.getByRole('region', { name: 'Answer' })).toContainText('"rank": 1');
});

test('hits are highlighted on the map at no charge, and a table holds the same segments', async ({ page, probe }) => {
  const asked = searches(page);
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('link', { name: 'Show on the map' }).click();
  await expect(page.getByRole('status').getByText('1 segment highlighted for “green”')).toBeVisible();
  expect(asked).toHaveLength(1);
  await page.getByLabel('Highlight matches (1 credit)').fill('blue');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 segment highlighted for “blue”')).toBeVisible();
  expect(asked).toHaveLength(2);

  await page.getByText('Table', { exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  const table = page.getByRole('table', { name: 'Segments on the map' });
  const rows = table.getByRole('row').filter({ has: page.getByRole('cell') });
  await expect(rows).toHaveCount(SEARCHED_SECONDS / SCENE_SECONDS);
  await table.getByRole('button', { name: 'Start' }).click();
  await table.getByRole('button', { name: 'Start' }).click();
  await expect(rows.first()).toContainText('00:00:12.000');
  const sought = await probe.nextSeek();
  await rows.first().getByRole('button').press('Enter');
  expect(await sought()).toBe(12 * 25);
  await expect(rows.first()).toHaveAttribute('aria-current', 'true');
  expect(await seriousProblems(page)).toEqual([]);
});

test('looks in several collections and videos at once, and says so in the URL', async ({ page }) => {
  const asked = searches(page);
  const other = await processedClip(platform());
  const made: string[] = [];
  for (const [name, id] of [
    ['First half', videoId],
    ['Second half', other.video_id],
  ] as const) {
    const collection = await platform().collections.create(name);
    await platform().collections.addVideo(collection.collection_id, id);
    made.push(collection.collection_id);
  }
  await page.goto('/search');
  const where = page.getByRole('combobox', { name: 'Scope' });
  for (const name of ['First half', 'Second half']) {
    await where.fill(name);
    await page.getByRole('option', { name }).click();
  }
  await expect(page).toHaveURL(new RegExp(`collection=${made.join('(,|%2C)')}`));
  await searchAndList(page, 'green');
  const { collection_id, video_ids } = JSON.parse(asked[0] ?? '');
  expect([collection_id, video_ids]).toEqual([made[0], [other.video_id]]);
  const opened = hits(page)
    .locator('..')
    .getByRole('link', { name: /^Open / });
  const videos = await opened.evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(8, 44)));
  expect(new Set(videos)).toEqual(new Set([videoId, other.video_id]));
});

test('a hit’s picture runs through its segment under the pointer', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  const picture = hits(page).first().locator('img').first().locator('..');
  const box = await picture.boundingBox();
  if (!box) throw new Error('The hit has no picture.');
  const shownAt = async (share: number) => {
    await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
    await expect(picture.locator('img')).toHaveCount(2);
    return picture
      .locator('img')
      .last()
      .evaluate((image) => getComputedStyle(image).translate);
  };
  const [early, late] = [await shownAt(0.05), await shownAt(0.95)];
  expect(early).not.toBe(late);
  await expect(picture).toContainText(/0:0\d/);
});
