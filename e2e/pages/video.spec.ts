import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { reorderedClip, timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { CLIP, SCENE_SECONDS } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import type { PlayerProbe } from './player-probe.ts';
import { expect, platform, quiet, test } from './studio-test.ts';

const SECONDS = 16;
/** Longer than the player buffers ahead. */
const LONG_SECONDS = 60;
const RANDOM_SEEKS = 50;
const REORDERED_SEEKS = 20;

test.describe.configure({ mode: 'serial' });

let videoId: string;
let longId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = await uploadAndWait(platform(), await timecodeClip(SECONDS), 'Workspace');
  await processAndWait(platform(), videoId);
  longId = await uploadAndWait(platform(), await timecodeClip(LONG_SECONDS), 'Workspace, long');
});

const playhead = (page: Page) => page.getByRole('slider', { name: 'Playhead' });

async function openAt(page: Page, probe: PlayerProbe, seconds: number, id = videoId): Promise<void> {
  await page.goto(`/videos/${id}?t=${seconds}`);
  await expect.poll(() => probe.frameNumber()).toBe(Math.round(seconds * CLIP.rate));
}

/** A place on the timeline, `share` of its width from the left. */
async function onTimeline(page: Page, share: number): Promise<{ x: number; y: number }> {
  const box = await playhead(page).boundingBox();
  if (!box) throw new Error('There is no timeline.');
  return { x: box.x + share * box.width, y: box.y + 10 };
}

test('a segment that is pressed shows its very first frame, and plays on', async ({ page, probe }) => {
  await openAt(page, probe, 1);
  const rows = page.getByTestId('segments').getByRole('button');
  await expect(rows).toHaveCount(SECONDS / SCENE_SECONDS);
  for (const index of [2, 1, 3, 0]) {
    const row = rows.nth(index);
    const start = Number(await row.getAttribute('data-start'));
    expect(start).toBe(index * SCENE_SECONDS);
    const first = await probe.nextFrame();
    await row.click();
    expect(await first(), `the frame shown first for the segment at ${start} s`).toBe(start * CLIP.rate);
    await expect.poll(() => probe.isPlaying()).toBe(true);
    await expect(row).toHaveAttribute('aria-current', 'true');
    await page.keyboard.press('k');
    await probe.resting();
    // Paused, the frame on the screen is the one the clock names.
    const paused = await probe.currentTime();
    await expect.poll(() => probe.frameNumber()).toBe(Math.floor(paused * CLIP.rate));
    expect(await probe.currentTime()).toBe(paused);
  }
});

/** Seeks so many times to anywhere in a video of 16 s; resolves to those that showed another frame. */
async function seekAnywhere(page: Page, probe: PlayerProbe, id: string, seeks: number): Promise<string[]> {
  await openAt(page, probe, 2, id);
  const { x: left, y } = await onTimeline(page, 0);
  const { x: right } = await onTimeline(page, 1);
  let seed = 20_261_124;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const wrong: string[] = [];
  for (let count = 0; count < seeks; count += 1) {
    const frame = Math.floor(random() * (SECONDS * CLIP.rate - 3));
    // The middle of a frame is as near to it as a pixel allows.
    const share = (frame + 0.5) / CLIP.rate / SECONDS;
    const x = left + share * (right - left);
    const time = ((x - left) / (right - left)) * SECONDS;
    await page.mouse.click(x, y);
    await probe.settled(time);
    const shown = await probe.frameNumber();
    if (shown !== frame) wrong.push(`frame ${shown} for ${frame}`);
  }
  return wrong;
}

test(`${RANDOM_SEEKS} seeks to anywhere land on their frame, none on another`, async ({ page, probe }) => {
  expect(await seekAnywhere(page, probe, videoId, RANDOM_SEEKS)).toEqual([]);
});

test('so do seeks in a copy whose frames are decoded in another order', async ({ page, probe }) => {
  const id = await uploadAndWait(platform(), await reorderedClip(SECONDS), 'Reordered');
  expect(await seekAnywhere(page, probe, id, REORDERED_SEEKS)).toEqual([]);
  await openAt(page, probe, 0, id);
});

test('of many seeks in a second the last one wins', async ({ page, probe }) => {
  await openAt(page, probe, 2);
  const start = await onTimeline(page, 0.05);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (let step = 1; step <= 30; step += 1) {
    const { x, y } = await onTimeline(page, 0.05 + (step % 15) * 0.06);
    await page.mouse.move(x, y);
  }
  const last = await onTimeline(page, 100.5 / CLIP.rate / SECONDS);
  await page.mouse.move(last.x, last.y);
  await page.mouse.up();
  await expect.poll(() => probe.frameNumber()).toBe(100);
  expect(await probe.isPlaying()).toBe(false);
});

test('the keys of the player do what the sheet says', async ({ page, probe }) => {
  await openAt(page, probe, 4);
  const frame = () => probe.frameNumber();
  await page.keyboard.press('.');
  await expect.poll(frame).toBe(101);
  await page.keyboard.press('.');
  await expect.poll(frame).toBe(102);
  await page.keyboard.press(',');
  await expect.poll(frame).toBe(101);
  await page.keyboard.press('ArrowRight');
  await expect.poll(frame).toBe(101 + 5 * CLIP.rate);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(frame).toBe(101 + 4 * CLIP.rate);
  await page.keyboard.press('5');
  await expect.poll(frame).toBe((SECONDS / 2) * CLIP.rate);

  await page.keyboard.press('j');
  await expect.poll(frame).toBeLessThan((SECONDS / 2) * CLIP.rate - 10);
  expect(await probe.isPlaying()).toBe(false);
  await page.keyboard.press('l');
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await page.keyboard.press('l');
  await expect.poll(() => probe.speed()).toBe(2);
  await page.keyboard.press('k');
  await expect.poll(() => probe.isPlaying()).toBe(false);
  expect(await probe.speed()).toBe(1);
  await page.keyboard.press('Space');
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await page.keyboard.press('Space');
  await expect.poll(() => probe.isPlaying()).toBe(false);

  await page.keyboard.press('Shift+M');
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await page.keyboard.press('Shift+M');

  // Letters belong to whoever is writing.
  await page.getByLabel('Question (1 credit)').fill('k');
  await page.keyboard.press('Home');
  await page.keyboard.press('5');
  await expect(page.getByLabel('Question (1 credit)')).toHaveValue('5k');

  await page.getByRole('heading', { name: 'Workspace' }).click();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  for (const does of ['Next frame', 'Play backward', 'Set the in point', 'Loop in/out', 'Search']) {
    await expect(sheet.getByText(does).first()).toBeVisible();
  }
  expect(await seriousProblems(page)).toEqual([]);
});

test('in and out points loop, are kept as marks, named, exported, and outlive the page', async ({ page, probe }) => {
  await openAt(page, probe, 5);
  await page.keyboard.press('i');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => probe.frameNumber()).toBe(6 * CLIP.rate);
  await page.keyboard.press('o');
  await expect(page.getByTestId('in-out')).toHaveText('00:00:05.000 – 00:00:06.000');

  await page.keyboard.press('r');
  await probe.watch();
  // More frames than the range has: it has come around.
  await expect.poll(async () => (await probe.shown()).length).toBeGreaterThan(CLIP.rate + 10);
  const frames = await probe.shown();
  expect(Math.min(...frames)).toBeGreaterThanOrEqual(4.999);
  expect(Math.max(...frames)).toBeLessThanOrEqual(6.05);
  await page.keyboard.press('r');
  await page.keyboard.press('k');

  await page.keyboard.press('m');
  await page.keyboard.press('x');
  await expect(page.getByTestId('in-out')).toBeHidden();
  await openAt(page, probe, 12);
  await page.keyboard.press('m');
  // Again edits the note of the marker that is there, whatever panel is open.
  await page.keyboard.press('m');
  await expect(page.getByRole('textbox', { name: /^Note on 00:00:12/ })).toBeFocused();
  await page.keyboard.press('Enter');
  const marks = page.getByRole('list', { name: 'Markers' }).getByRole('listitem');
  await expect(marks).toHaveCount(2);
  await marks.first().getByRole('textbox').fill('the box, "white"');
  await page.keyboard.press('Enter');

  const saved = async (kind: string) => {
    await page.getByRole('button', { name: 'Export markers' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: kind, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  expect(await saved('CSV')).toEqual({
    name: 'Workspace markers.csv',
    text: [
      'video_id,video,start,end,note',
      `${videoId},Workspace,00:00:05.000,00:00:06.000,"the box, ""white"""`,
      `${videoId},Workspace,00:00:12.000,00:00:12.000,`,
      '',
    ].join('\r\n'),
  });
  const edl = await saved('EDL (CMX3600)');
  expect(edl.text).toContain('001  AX       V     C        00:00:05:00 00:00:06:00 01:00:00:00 01:00:01:00');
  expect(edl.text).toContain('002  AX       V     C        00:00:12:00 00:00:12:01 01:00:01:00 01:00:01:01');

  // A mark plays from its start and stops at its end, on its last frame.
  await marks.first().getByRole('button', { name: /^Play/ }).click();
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await expect.poll(() => probe.isPlaying()).toBe(false);
  await expect.poll(() => probe.frameNumber()).toBe(6 * CLIP.rate - 1);

  await page.reload();
  await page.getByRole('tab', { name: 'Markers' }).click();
  await expect(marks).toHaveCount(2);
  await expect(marks.first().getByRole('textbox')).toHaveValue('the box, "white"');
  await marks
    .nth(1)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(marks).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(marks).toHaveCount(2);
  expect(await seriousProblems(page)).toEqual([]);
});

test('a key pressed before the markers are read waits for them', async ({ page, probe, context }) => {
  // A tab that is writing markers holds the others back.
  const other = await context.newPage();
  await other.goto('/settings');
  await other.evaluate(
    () =>
      new Promise<void>((resolve) => {
        Object.assign(window, { isWriting: true });
        const opening = indexedDB.open('studio-marks');
        opening.onupgradeneeded = () => opening.result.createObjectStore('records');
        opening.onsuccess = () => {
          const store = opening.result.transaction('records', 'readwrite').objectStore('records');
          const goOn = () => {
            resolve();
            if ((window as unknown as { isWriting: boolean }).isWriting) store.count().onsuccess = goOn;
          };
          goOn();
        };
      }),
  );
  await openAt(page, probe, 12);
  await page.keyboard.press('m');
  await page.keyboard.press('m');
  await other.evaluate(() => Object.assign(window, { isWriting: false }));
  await expect(page.getByRole('textbox', { name: /^Note on 00:00:12/ })).toBeFocused();
  await expect(page.getByRole('list', { name: 'Markers' }).getByRole('listitem')).toHaveCount(1);
});

test('N and P go to the next and the previous segment, and a timecode can be typed', async ({ page, probe }) => {
  await openAt(page, probe, 9);
  await page.keyboard.press('n');
  await expect.poll(() => probe.frameNumber()).toBe(12 * CLIP.rate);
  await page.keyboard.press('p');
  await expect.poll(() => probe.frameNumber()).toBe(8 * CLIP.rate);
  const field = page.getByLabel('Current time');
  await field.fill('0:05.2');
  await page.keyboard.press('Enter');
  await expect.poll(() => probe.frameNumber()).toBe(5.2 * CLIP.rate);
  await expect(field).toHaveValue('00:00:05.200');
  await field.fill('noon');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
});

test('a search within the video puts its hits on the timeline, and a link shares the segment', async ({
  page,
  probe,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAt(page, probe, 9);
  await page.getByRole('button', { name: 'Copy a link to this time' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.get('t')).toBe('9.000');

  await page.getByRole('tab', { name: 'Search' }).click();
  await page.getByLabel('Search in this video (1 credit)').fill('green');
  await page.keyboard.press('Enter');
  const hits = page.getByRole('list', { name: 'Hits' }).getByRole('button');
  await expect(hits.first()).toHaveAttribute('data-start', String(SCENE_SECONDS));
  await expect(page).toHaveURL(/q=green/);
  await expect(page.getByText('Hits', { exact: true })).toBeVisible();
  const first = await probe.nextFrame();
  await hits.first().click();
  expect(await first()).toBe(SCENE_SECONDS * CLIP.rate);
});

test('playback survives a network that is gone for five seconds', async ({ page, probe, context }) => {
  quiet(page, /ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  await openAt(page, probe, 1, longId);
  await page.keyboard.press('l');
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await context.setOffline(true);
  // Far beyond what is buffered: nothing can be shown until the network is back.
  await page.keyboard.press('9');
  const player = page.getByRole('region', { name: 'Player' });
  await expect(player).toHaveAttribute('data-status', 'waiting');
  const cut = Date.now();
  await expect.poll(() => Date.now() - cut, { intervals: [500] }).toBeGreaterThan(5_000);
  await context.setOffline(false);
  await expect.poll(() => probe.isPlaying()).toBe(true);
  expect(await probe.currentTime()).toBeGreaterThanOrEqual(0.9 * LONG_SECONDS);
  await expect(page.getByRole('region', { name: 'Player' }).getByRole('alert')).toHaveCount(0);
});

test('a manifest that fails once is asked for again; one that is gone is a sentence with a way on', async ({
  page,
  probe,
}) => {
  quiet(page, /Failed to load resource/);
  let failures = 1;
  let status = 500;
  await page.route('**/master.m3u8', (route) => {
    failures -= 1;
    return failures >= 0 ? route.fulfill({ status, body: '' }) : route.continue();
  });
  await openAt(page, probe, 3);
  expect(failures).toBeLessThan(0);

  [failures, status] = [Number.POSITIVE_INFINITY, 404];
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('This video no longer exists.');
  failures = 0;
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await expect(page.getByRole('region', { name: 'Player' }).getByRole('alert')).toHaveCount(0);
});
