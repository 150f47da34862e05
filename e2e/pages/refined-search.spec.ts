import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import { hits, SEARCHED_NAME, searchAndList, searchedClip } from './search-driver.ts';
import { expect, platform, quiet, test } from './studio-test.ts';

/** Searches that are narrowed (by filters, by a similarity, by what is excluded) and saved. */

let videoId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = await searchedClip();
});

const filters = (page: Page) => page.getByRole('dialog', { name: 'Filters' });
const openFilters = (page: Page) => page.getByRole('button', { name: /^Filters/ }).click();
const getStarts = (page: Page) =>
  hits(page).evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-start'))));
const showWeaker = (page: Page) => page.getByRole('button', { name: /weaker match/ }).click();

test('filters narrow a search, are in the URL, and are removed one by one', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await openFilters(page);
  expect(await seriousProblems(page)).toEqual([]);
  await filters(page).getByLabel('Shortest, in minutes').fill('2');
  await filters(page).getByLabel('Added from').fill('2020-02-03');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/added_from=2020-02-03&min_s=120/);
  await expect(page.getByText('No close matches for “green”')).toBeVisible();
  const chips = page.getByRole('list', { name: 'Active filters' });
  await expect(chips.getByRole('listitem')).toHaveText(['Added from Feb 3, 2020', 'Length at least 2:00']);

  await chips.getByRole('button', { name: 'Remove the filter “Length at least 2:00”' }).click();
  await expect(hits(page).first()).toHaveAttribute('data-start', String(SCENE_SECONDS));
  await expect(chips.getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await expect(chips.getByRole('listitem')).toHaveText(['Added from Feb 3, 2020']);
  await openFilters(page);
  await expect(filters(page).getByLabel('Added from')).toHaveValue('2020-02-03');
  await filters(page).getByLabel('Longest, in minutes').fill('3');
  await filters(page).getByLabel('Shortest, in minutes').fill('4');
  await expect(filters(page).getByText('Must not be below the minimum.')).toBeVisible();
  await filters(page).getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).not.toHaveURL(/added_from/);
  await expect(page.getByRole('button', { name: 'Search for “green” (1 credit)' })).toBeVisible();
});

test('results below a similarity are hidden, counted, and shown again', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await showWeaker(page);
  const all = await hits(page).count();
  await expect(hits(page).first()).toContainText(/Similarity 0\.\d\d/);
  const slider = page.getByRole('slider', { name: 'Minimum similarity' });
  await slider.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/min_score=0\.\d+/);
  const hidden = page.getByText(/^\d+ results? hidden/);
  await expect(hidden).toBeVisible();
  const left = await hits(page).count();
  expect(left).toBeLessThan(all);
  await expect(hidden).toHaveText(new RegExp(`^${all - left} `));
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(hits(page)).toHaveCount(all);
  await expect(page).not.toHaveURL(/min_score/);
});

test('words and a result are excluded, shown as chips, and taken back', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await showWeaker(page);
  expect(await getStarts(page)).toContain(2 * SCENE_SECONDS);
  await openFilters(page);
  await filters(page).getByLabel('Exclude').fill('blue');
  await filters(page).getByRole('button', { name: 'Apply (1 credit)' }).click();
  const chips = page.getByRole('list', { name: 'Active filters' });
  await expect(chips.getByRole('listitem')).toHaveText(['Not: blue']);
  await expect(hits(page).first()).toHaveAttribute('data-start', String(SCENE_SECONDS));
  await expect(page).toHaveURL(/not=blue/);

  await hits(page).first().hover();
  await page
    .getByRole('button', { name: /^Not like this segment of/ })
    .first()
    .click();
  await expect(chips.getByRole('listitem')).toHaveText(['Not: blue', `Not like ${SEARCHED_NAME}, 0:04`]);
  await expect(page.getByTestId('hits')).toBeVisible();
  expect(await getStarts(page)).not.toContain(SCENE_SECONDS);
  expect(await seriousProblems(page)).toEqual([]);

  await chips.getByRole('button', { name: /^Stop excluding Searched/ }).click();
  await expect(hits(page).first()).toHaveAttribute('data-start', String(SCENE_SECONDS));
  await chips.getByRole('button', { name: 'Stop excluding “blue”' }).click();
  await expect(chips).toHaveCount(0);
});

test('a search is saved with all that narrows it, says what is new, and is opened, renamed and deleted', async ({
  page,
}) => {
  await page.goto('/search?max_s=600');
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: 'Save search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save search' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await expect(dialog.getByLabel('Name')).toHaveValue('green');
  await dialog.getByLabel('Name').fill('Green things');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByText('“Green things” is saved.')).toBeVisible();

  const videoId = await uploadAndWait(platform(), await timecodeClip(2 * SCENE_SECONDS), 'Later');
  await processAndWait(platform(), videoId);
  await page.goto('/search');
  const saved = page.getByRole('region', { name: 'Saved searches' });
  await expect(saved.getByRole('button', { name: 'Green things 1 new' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Search 1 new hit in saved searches' })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  await saved.getByRole('button', { name: 'Green things 1 new' }).click();
  await expect(page).toHaveURL(/\/search\?q=green&max_s=600/);
  await expect(hits(page).first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Active filters' })).toHaveText('Length at most 10:00');

  await page.goto('/search');
  await expect(saved.getByRole('button', { name: 'Green things', exact: true })).toBeVisible();
  await expect(page.getByText('new hit in saved searches')).toHaveCount(0);
  const rename = async () => {
    await saved.getByRole('button', { name: 'Rename “Green things”' }).click();
    await expect(saved.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Greenery');
    await page.keyboard.press('Enter');
  };
  quiet(page, /400/);
  await page.route('**/local/searches/*', (route) => route.fulfill({ status: 400, json: { detail: 'Not now.' } }));
  await rename();
  await expect(saved.getByRole('alert')).toContainText('Not now.');
  await expect(saved.getByRole('button', { name: 'Green things', exact: true })).toBeVisible();
  await page.unrouteAll();
  await rename();
  await expect(saved.getByRole('button', { name: 'Greenery', exact: true })).toBeVisible();

  await saved.getByRole('button', { name: 'Delete “Greenery”' }).click();
  await expect(saved).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(saved.getByRole('button', { name: 'Greenery', exact: true })).toBeVisible();
  await saved.getByRole('button', { name: 'Delete “Greenery”' }).click();
  await expect(page.getByText('Saved search “Greenery” deleted').last()).toBeVisible();
  await page.goto('/library');
  await page.goto('/search');
  await expect(page.getByLabel('Search for')).toBeVisible();
  await expect(saved).toHaveCount(0);
});

test('a region of the map is saved, counts what falls into it, and is selected again', async ({ page }) => {
  // Around all of the map.
  const everything = '*00000000zzzz0000zzzzzzzz0000zzzz';
  await page.goto(`/map?sel=${encodeURIComponent(everything)}`);
  await page.getByRole('button', { name: 'Save region' }).click();
  await page.getByRole('dialog', { name: 'Save region' }).getByLabel('Name').fill('Everything');
  await page.keyboard.press('Enter');
  const regions = page.getByRole('region', { name: 'Saved regions' });
  await expect(regions.getByRole('button', { name: 'Everything', exact: true })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);

  const videoId = await uploadAndWait(platform(), await timecodeClip(2 * SCENE_SECONDS), 'Into the region');
  await processAndWait(platform(), videoId);
  await page.goto('/map');
  await page.getByRole('tab', { name: 'Selected' }).click();
  await regions.getByRole('button', { name: 'Everything 2 new' }).click();
  await expect(page).toHaveURL(/sel=/);
  await expect(page.getByRole('tab', { name: /^Selected · \d+/ })).toBeVisible();
  await expect(regions.getByRole('button', { name: 'Everything', exact: true })).toBeVisible();

  // Another scope has another map.
  await page.goto(`/map?in=${videoId}`);
  await page.getByRole('tab', { name: 'Selected' }).click();
  await expect(page.getByText(/Draw around points/)).toBeVisible();
  await expect(regions).toHaveCount(0);
  await page.goto('/map');
  await page.getByRole('tab', { name: 'Selected' }).click();
  await regions.getByRole('button', { name: 'Delete “Everything”' }).click();
  await expect(regions).toHaveCount(0);
});
