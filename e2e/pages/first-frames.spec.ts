import { readSegmentTimes } from '../../src/api/segment-fields.ts';
import { CLIP, SCENE_SECONDS } from '../clips/timecode.ts';
import { openMap } from './mapped-clips.ts';
import { hits, searchAndList, searchedClip } from './search-driver.ts';
import { expect, plainHttpUrl, test } from './studio-test.ts';

/** What is shown first after a press, read from its pixels: on a machine that has nothing else to do. */
test.use({ baseURL: plainHttpUrl() });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await searchedClip();
});

test('a point of the map starts on its first frame', async ({ page, probe }) => {
  const videoId = await searchedClip();
  const map = await openMap(page, [videoId]);
  const [first, second] = await map.lonely(4);
  if (!first || !second) throw new Error('No points stand alone.');
  await map.click(first);
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await page.keyboard.press('k');
  await probe.resting();
  const frame = await probe.nextFrame();
  await map.click(second);
  expect(await frame()).toBe(readSegmentTimes(second).start * CLIP.rate);
});

test('a row of the map’s table starts on its first frame', async ({ page, probe }) => {
  await page.goto(`/map?in=${await searchedClip()}&view=table`);
  // The last segment: from 12 to 16 s.
  const row = page.getByRole('row').filter({ hasText: '00:00:16.000' });
  await expect(row).toBeVisible();
  const frame = await probe.nextFrame();
  await row.getByRole('button').press('Enter');
  expect(await frame()).toBe(12 * CLIP.rate);
});

test('a result that Enter plays starts on its first frame', async ({ page, probe }) => {
  await page.goto(`/search?in=${await searchedClip()}`);
  await searchAndList(page, 'green');
  await hits(page).first().focus();
  const frame = await probe.nextFrame();
  await page.keyboard.press('Enter');
  expect(await frame()).toBe(SCENE_SECONDS * CLIP.rate);
});

test('a result that the pointer rests on is fetched, and starts on its first frame', async ({ page, probe }) => {
  await page.goto(`/search?in=${await searchedClip()}`);
  const nextPiece = () => page.waitForResponse((answer) => answer.url().endsWith('.m4s'));
  // The first result is fetched without a pointer.
  const first = nextPiece();
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: /weaker match/ }).click();
  await first;
  const row = hits(page).last();
  const start = Number(await row.getAttribute('data-start'));
  const piece = nextPiece();
  await row.hover();
  await piece;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const frame = await probe.nextFrame();
  await row.click();
  expect(await frame()).toBe(start * CLIP.rate);
  expect(asked.filter((path) => path.endsWith('.m3u8'))).toEqual([]);
});
