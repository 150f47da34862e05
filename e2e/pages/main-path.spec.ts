import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readSegmentTimes } from '../../src/api/segment-fields.ts';
import { parseTimecode } from '../../src/lib/time.ts';
import { footage } from '../clips/footage.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { MapDriver } from './map-driver.ts';
import { expect, plainHttpUrl, platform, test } from './studio-test.ts';
import { UploadDriver } from './upload-driver.ts';

// As other machines in a local network see it.
test.use({ baseURL: plainHttpUrl() });

const CLIP_SECONDS = 16;

const CARS = footage('car-detection.mp4');
/** Where cars are seen in car-detection.mp4, in seconds. */
const CAR_TIMES = [
  [4, 8.5],
  [14, 18.5],
  [25, 27.8],
] as const;

/** The whole way of one video, as a person goes it: each step stands on the one before. */
test.describe.configure({ mode: 'serial' });

const uploads = [
  ...(CARS ? [{ title: 'car-detection', file: async () => CARS }] : []),
  { title: `mikshi-studio-timecode-v3-${CLIP_SECONDS}`, file: () => timecodeClip(CLIP_SECONDS) },
];

async function videoNamed(name: string) {
  const video = (await platform().videos.list({ limit: 500 })).find((item) => item.name === name);
  if (!video) throw new Error(`There is no video named ${name}.`);
  return video;
}

async function fetchSegments(videoId: string) {
  const { points } = await platform().search.visualize({ videoIds: [videoId] });
  return points
    .map((point) => ({ ...point, startSeconds: readSegmentTimes(point).start }))
    .sort((a, b) => a.startSeconds - b.startSeconds);
}

test('uploads videos, and says what is wrong with a file that is no video', async ({ page }, info) => {
  const disguised = path.join(info.outputDir, 'notes.mp4');
  await page.goto('/upload');
  await writeFile(info.outputPath('notes.mp4'), 'This is a text file that somebody renamed.\n'.repeat(400));
  const files = await Promise.all(uploads.map(({ file }) => file()));
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' || request.url().endsWith('/uploads/direct')) sent.push(request.url());
  });
  const upload = new UploadDriver(page);
  await upload.pick([...files, disguised]);
  await upload.start();

  const rows = page.getByRole('list', { name: 'Uploads' }).getByRole('listitem');
  await expect(rows).toHaveCount(files.length + 1);
  await expect(page.getByRole('listitem', { name: 'notes.mp4' }).getByRole('alert')).toHaveText(
    'This file is not a video that can be read.',
    { timeout: 60_000 },
  );
  for (const file of files) {
    const row = page.getByRole('listitem', { name: path.basename(file) });
    for (const stage of ['Thumbnail', 'Transcode', 'HLS', 'Analyze', 'Search']) {
      await expect(row.getByRole('progressbar', { name: `${stage}: done` })).toBeVisible({ timeout: 120_000 });
    }
  }
  expect(sent.length).toBeGreaterThanOrEqual(files.length + 1);
});

test('shows the library with thumbnails', async ({ page }) => {
  await page.goto('/library');
  for (const { title } of uploads) {
    const card = page.getByRole('gridcell', { name: title });
    await expect(card).toBeVisible();
    const picture = card.locator('img').first();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  }
});

test('searches, and the hit plays from its second', async ({ page, probe }) => {
  await page.goto('/library');
  await page.keyboard.press('/');
  await page.keyboard.type(CARS ? 'a car driving' : 'something red');
  await page.keyboard.press('Enter');
  const hits = page.getByTestId('hits').getByRole('button');
  await expect(hits.first()).toBeVisible();

  // What has less to do with the words is folded away: there may be fewer than three.
  const shown = Math.min(3, await hits.count());
  const tops = await Promise.all(
    Array.from({ length: shown }, async (_, index) => ({
      start: Number(await hits.nth(index).getAttribute('data-start')),
      text: await hits.nth(index).innerText(),
      index,
    })),
  );
  const car = tops.find(
    ({ start, text }) =>
      text.includes('car-detection') && CAR_TIMES.some(([from, to]) => start < to && start + 4 > from),
  );
  if (CARS) expect(car, 'a hit among the first three where a car is seen').toBeDefined();
  const chosen = car ?? tops[0];
  if (!chosen) throw new Error('There are no hits.');

  await probe.watch();
  await hits.nth(chosen.index).click();
  await expect.poll(async () => (await probe.shown()).length).toBeGreaterThan(3);
  const [first = -1] = await probe.shown();
  expect(Math.abs(first - chosen.start)).toBeLessThanOrEqual(0.1);
  expect(await probe.isPlaying()).toBe(true);
  // Drawn clips have few colors, real ones many; nothing drawn has one.
  expect(await probe.colorsDrawn()).toBeGreaterThan(CARS ? 50 : 5);
  await expect(hits.nth(chosen.index)).toHaveAttribute('aria-current', 'true');
});

test('puts the very frame of a segment on the screen', async ({ page, probe }) => {
  const video = await videoNamed(`mikshi-studio-timecode-v3-${CLIP_SECONDS}`);
  const segments = await fetchSegments(video.video_id);
  // The clip cuts every four seconds, and segments keep to the cuts.
  expect(segments.map(({ startSeconds }) => startSeconds)).toEqual(
    Array.from({ length: CLIP_SECONDS / SCENE_SECONDS }, (_, scene) => scene * SCENE_SECONDS),
  );
  for (const { startSeconds } of [...segments].reverse()) {
    await page.goto(`/videos/${video.video_id}?t=${startSeconds}`);
    await expect.poll(() => probe.frameNumber(), `the frame at ${startSeconds} s`).toBe(Math.round(startSeconds * 25));
  }
});

test('shows one point a segment, and a point plays its segment', async ({ page, probe }) => {
  const video = await videoNamed(uploads[0]?.title ?? '');
  const segments = await fetchSegments(video.video_id);
  const driver = new MapDriver(page, await platform().search.visualize({ videoIds: [video.video_id] }));
  const { map } = driver;
  await page.goto(`/map?in=${video.video_id}`);
  await expect(page.getByRole('heading', { name: `Map · ${segments.length} segments` })).toBeVisible();
  await expect(map).toHaveAccessibleName(`Map of ${segments.length} segments`);

  const last = segments[segments.length - 1];
  if (!last) throw new Error('The map has no points.');
  for (const point of [segments[1] ?? last, last]) {
    await map.hover({ position: await driver.getSpot(point) });
    await expect(map.locator('figure')).toContainText(video.name);
    await probe.watch();
    await driver.click(point);
    await expect.poll(async () => (await probe.shown()).length).toBeGreaterThan(3);
    const shown = await probe.shown();
    // A frame of what was playing before may still come through; what counts is where the player lands.
    const landed = shown.find((time) => Math.abs(time - point.startSeconds) <= 0.1);
    expect(landed, `a frame at ${point.startSeconds} s among ${shown.join(', ')}`).toBeDefined();
    await expect.poll(() => probe.isPlaying()).toBe(true);
    expect(await probe.colorsDrawn()).toBeGreaterThan(5);
  }
});

test('answers a question in a stream, and its times are buttons that seek', async ({ page, probe }) => {
  const video = await videoNamed(uploads[0]?.title ?? '');
  await page.goto(`/videos/${video.video_id}`);
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('/chat/ask')),
    page.getByRole('button', { name: 'Summarize the video' }).click(),
  ]);
  expect(response.headers()['content-type']).toContain('text/event-stream');
  const chat = page.getByRole('region', { name: 'Chat' });
  await expect(chat.getByText('What happens, in order:')).toBeVisible();
  await expect(chat.getByText('No language model is configured')).toBeVisible();

  const second = chat.getByRole('article').getByRole('listitem').nth(1).getByRole('button').first();
  const [from = ''] = (await second.innerText()).split('–');
  await second.click();
  await expect.poll(() => probe.isPlaying()).toBe(true);
  expect(await probe.currentTime()).toBeGreaterThanOrEqual(parseTimecode(from));

  await page.reload();
  await expect(page.getByText('What happens, in order:')).toBeVisible();
});
