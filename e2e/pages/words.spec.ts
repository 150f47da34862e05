import { copyFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { WORDS, wordedClip } from '../clips/worded-clip.ts';
import { seriousProblems } from './axe.ts';
import { openMap } from './mapped-clips.ts';
import { hits, searchAndList } from './search-driver.ts';
import { apiKey, expect, platform, platformUrl, quiet, test } from './studio-test.ts';
import { UploadDriver } from './upload-driver.ts';

/** What is said and written: searched, followed, edited. */

let videoId: string;

const getPlayhead = (page: Page) => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);

test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = await uploadAndWait(platform(), await wordedClip(), 'Dock briefing');
  await processAndWait(platform(), videoId);
});

test('results say which words were found, and a search looks through what is chosen', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'checked the forklift');
  await expect(hits(page).first()).toContainText('Said: “Please check the forklifts before you leave.”');
  expect(await hits(page).first().locator('mark').allTextContents()).toEqual(['check', 'forklifts']);
  await hits(page).first().press('Enter');
  // The word, not its segment, is where it plays from.
  await expect.poll(() => getPlayhead(page)).toBeGreaterThanOrEqual(WORDS.said[0].start);

  await searchAndList(page, 'emergency exit');
  await expect(hits(page).first()).toContainText('On screen: “EMERGENCY EXIT”');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('group', { name: 'Search in' }).getByText('On screen').click();
  await expect(page).toHaveURL(/signals=visual%2Ctranscription/);
  await expect(page.getByText('On screen: “')).toHaveCount(0);
  await expect(page.getByText(/No close matches|weaker match/).first()).toBeVisible();
});

test('a timeline with every kind of lane is drawn whole', async ({ page }) => {
  await page.goto(`/videos/${videoId}?q=forklift`);
  const canvas = page.locator('canvas').filter({ visible: true }).first();
  const getRoom = () =>
    canvas.evaluate((drawn) => ({ drawn: drawn.clientHeight, needed: drawn.parentElement?.clientHeight ?? 0 }));
  await expect(page.getByText('On screen', { exact: true }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Search' }).click();
  await page.getByLabel('Search in this video (1 credit)').fill('forklift');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Hits', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Add marker/ }).click();
  await page.getByRole('button', { name: 'Summarize the video' }).click();
  await expect(page.getByText('Cited', { exact: true })).toBeVisible();
  const { drawn, needed } = await getRoom();
  expect(drawn).toBeGreaterThanOrEqual(needed);
  // Six lanes, a ruler and an overview.
  expect(needed).toBeGreaterThan(126);
});

test('text in the picture is marked where it stands, when people ask for it', async ({ page }) => {
  await page.goto(`/videos/${videoId}?t=${WORDS.written[0].start + 1}`);
  await expect(page.getByTestId('text-boxes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show text in the picture' }).click();
  const box = page.getByTestId('text-boxes').getByText('EMERGENCY EXIT');
  await expect(box).toBeVisible();
  const picture = await page.locator('[data-player-stage] video').boundingBox();
  const place = await box.locator('..').boundingBox();
  if (!picture || !place) throw new Error('There is no picture with a box in it.');
  // Inside of the picture, and about as wide as its letters.
  expect(place.x).toBeGreaterThanOrEqual(picture.x - 2);
  expect(place.x + place.width).toBeLessThanOrEqual(picture.x + picture.width + 2);
  expect(place.width / picture.width).toBeGreaterThan(0.1);
  await page.reload();
  await expect(box).toBeVisible();
  await page.getByRole('button', { name: 'Hide text in the picture' }).click();
  await expect(page.getByTestId('text-boxes')).toHaveCount(0);
});

test('the transcript follows the playhead, is searched and edited', async ({ page }) => {
  await page.goto(`/videos/${videoId}?t=1.5`);
  // Segments are filtered by what is said in them, too.
  await page.getByLabel('Filter segments').fill('forklifts');
  await expect(page.getByTestId('segments').getByRole('listitem')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Transcript' }).click();
  const line = (text: string) => page.getByTestId('transcript').getByRole('listitem').filter({ hasText: text });
  await expect(page.getByLabel('Text at 0:01')).toHaveValue(WORDS.said[0].text);
  await expect(page.getByTestId('transcript').locator('[aria-current="true"]')).toHaveCount(1);
  expect(await seriousProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Play from 0:09' }).click();
  await expect.poll(() => getPlayhead(page)).toBeGreaterThanOrEqual(WORDS.said[1].start);
  await page.getByLabel('Search in the transcript').fill('missing');
  await expect(line('AX-4711')).toBeVisible();
  await expect(line('forklifts')).toHaveCount(0);
  await page.getByLabel('Search in the transcript').fill('');

  const text = page.getByLabel('Text at 0:09');
  await text.fill('Part number BX-12 is missing.');
  await text.press('Enter');
  await expect(page.getByText('edited', { exact: true })).toBeVisible();
  await page.reload();
  await page.getByRole('tab', { name: 'Transcript' }).click();
  await expect(page.getByLabel('Text at 0:09')).toHaveValue('Part number BX-12 is missing.');

  await page.getByRole('combobox', { name: 'Transcript track' }).click();
  await page.getByRole('option', { name: 'On screen' }).click();
  await expect(line('EMERGENCY EXIT')).toBeVisible();
});

test('subtitles that are selected with a video go with it, are shown by a key, and can be removed', async ({
  page,
}, info) => {
  const video = info.outputPath('lecture.mp4');
  await copyFile(await timecodeClip(8), video);
  await writeFile(info.outputPath('lecture.en.srt'), '1\n00:00:00,000 --> 00:00:07,000\nWelcome to the lecture.\n');
  const upload = new UploadDriver(page);
  await page.goto('/upload');
  await upload.pick([info.outputPath('lecture.en.srt'), video]);
  await expect(page.getByRole('listitem', { name: 'lecture.mp4' })).toContainText('lecture.en.srt');
  await page.getByRole('switch', { name: 'Process after upload' }).uncheck();
  await upload.start();
  await upload.expectUploaded(video);
  await upload.row(video).getByRole('link').first().click();
  await page.getByRole('tab', { name: 'Transcript' }).click();
  await expect(page.getByLabel('Text at 0:00')).toHaveValue('Welcome to the lecture.');

  const shown = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('video')].flatMap(({ textTracks }) =>
        [...textTracks].filter(({ mode }) => mode === 'showing').map(({ label }) => label),
      ),
    );
  await expect(page.getByRole('button', { name: 'Captions' })).toBeVisible();
  await page.getByRole('button', { name: 'Captions' }).focus();
  await page.keyboard.press('c');
  await expect.poll(shown).toEqual(['English']);
  await page.keyboard.press('c');
  await expect.poll(shown).toEqual([]);

  await page.getByRole('button', { name: 'Actions for English' }).click();
  await page.getByRole('menuitem', { name: 'Remove English' }).click();
  await expect(page.getByText('This video has no transcript.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Captions' })).toBeHidden();
});

test('a file that holds no subtitles says so, and changes nothing', async ({ page }, info) => {
  quiet(page, /422/);
  await writeFile(info.outputPath('notes.srt'), 'Nothing but notes.');
  await page.goto(`/videos/${videoId}`);
  await page.getByRole('tab', { name: 'Transcript' }).click();
  await expect(page.getByLabel('Text at 0:01')).toBeVisible();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add subtitles' }).click(),
  ]);
  await chooser.setFiles(info.outputPath('notes.srt'));
  await expect(page.getByRole('alert')).toContainText('This file holds no subtitles.');
  await expect(page.getByLabel('Text at 0:01')).toHaveValue(WORDS.said[0].text);
});

test('the map shows where words are said and written, and leads to what looks alike', async ({ page }) => {
  const map = await openMap(page, [videoId], '&color=words');
  const legend = page.getByRole('list', { name: 'Words on the map' });
  // Two of the three segments have both; a clock is in all of them.
  await expect(legend.getByRole('listitem').filter({ hasText: 'Said and on screen' })).toContainText('2');
  await expect(legend.getByRole('listitem').filter({ hasText: /^On screen/ })).toContainText('1');
  expect(await seriousProblems(page)).toEqual([]);
  const first = map.points.find(({ start_ms }) => start_ms === 0);
  if (!first) throw new Error('The first segment is not on the map.');
  await map.map.hover({ position: await map.getSpot(first) });
  await expect(page.getByRole('figure')).toContainText('Said: “Please check the forklifts');
  await expect(page.getByRole('figure')).toContainText('On screen: “EMERGENCY EXIT”');
  await map.click(first);
  await page.getByRole('tab', { name: 'Nearest' }).click();
  await page.getByRole('link', { name: 'More like this (1 credit)' }).click();
  await expect(page).toHaveURL(/\/search\?like=/);
  await expect(page.getByTestId('hits')).toBeVisible();
});

test('a query is answered in words from the videos that are searched, with sources that open them', async ({
  page,
}) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'what is written about the loading area');
  const answer = page.getByRole('region', { name: 'Answer' });
  await answer.getByRole('button', { name: 'Answer from these videos (1 credit)' }).click();
  await expect(answer).toContainText('Dock 7 - Loading area');
  await expect(answer.getByRole('button')).toHaveCount(0);
  expect(await seriousProblems(page)).toEqual([]);
  await answer.getByRole('list', { name: 'Sources' }).getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/videos/${videoId}\\?t=`));
});

test('the map is colored by the words of a saved search', async ({ page }) => {
  const saved = await fetch(`${platformUrl()}/local/searches`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey(), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Dark places', search: { query: 'a black scene', all_videos: true } }),
  });
  expect(saved.status).toBe(201);
  await openMap(page, [videoId], '&color=similarity');
  await page.getByRole('button', { name: 'Dark places' }).click();
  await expect(page.getByRole('textbox', { name: 'Color by similarity to' })).toHaveValue('a black scene');
  await page.getByRole('button', { name: 'Color (2 credits)' }).click();
  await expect(page).toHaveURL(/to=a(\+|%20)black(\+|%20)scene/);
  await expect(page.getByRole('button', { name: 'Dark places', pressed: true })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
});
