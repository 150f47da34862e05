import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Client, createClient } from '../../src/api/client.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { waitUntilUploaded } from '../../src/api/workflows/wait-until-ready.ts';
import { makeSource } from '../clips/sources/make-source.ts';
import type { Source } from '../clips/sources/source.ts';
import { SOURCES } from '../clips/sources/table.ts';
import { type Studio, startStudio } from '../studio.ts';
import { expect, test } from './studio-test.ts';

/** Every source of the table as a person meets it: on its page, in the player. */

// Pictures are made by software here: fewer pixels are drawn faster, and this many pages leave a trace of gigabytes.
test.use({ viewport: { width: 800, height: 600 }, trace: 'off' });

/** One frame of 25 per second. */
const FRAME = 0.04;
/** Sound is heard while it plays, so what is measured of it depends on how busy the machine is. */
const HEARING_TOLERANCE = 0.15;
const MINUTE_MS = 60_000;

let studio: Studio;
let client: Client;
const videoIds = new Map<Source, string>();

test.beforeAll(async () => {
  test.setTimeout(5 * MINUTE_MS);
  studio = await startStudio();
  client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  const folder = await mkdtemp(path.join(tmpdir(), 'sources-'));
  // While the first ones are played, the others are processed.
  for (const source of SOURCES) {
    const { video_id } = await uploadPath(client, await makeSource(folder, source), { name: source.title });
    videoIds.set(source, video_id);
  }
  await rm(folder, { recursive: true });
});
test.afterAll(() => studio.stop());

async function open(page: Page, source: Source): Promise<void> {
  const videoId = videoIds.get(source) ?? '';
  await waitUntilUploaded(client, videoId, { intervalMs: 200 });
  await page.goto(`${studio.url}/videos/${videoId}`);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
}

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly duration: number;
  /** Brightness (0..255) of the middle of the picture at the times that were asked for. */
  readonly brightness: readonly number[];
}

/** What the player shows at some times, each after an exact seek. */
function look(page: Page, times: readonly number[]): Promise<Seen> {
  return page.evaluate(async (seconds) => {
    const video = document.querySelector('video');
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!video || !context) throw new Error('There is no video.');
    const brightness: number[] = [];
    for (const time of seconds) {
      // The page opens its video at a time of its own, perhaps just now.
      do {
        const sought = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
        const drawn = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
        video.currentTime = time;
        await Promise.all([sought, drawn]);
      } while (Math.abs(video.currentTime - time) > 0.002);
      const [x, y, width, height] = [0.4, 0.4, 0.2, 0.2].map(
        (share, at) => share * (at % 2 === 0 ? video.videoWidth : video.videoHeight),
      );
      context.drawImage(video, x ?? 0, y ?? 0, width ?? 1, height ?? 1, 0, 0, 1, 1);
      brightness.push(context.getImageData(0, 0, 1, 1).data[1] ?? -1);
    }
    return { width: video.videoWidth, height: video.videoHeight, duration: video.duration, brightness };
  }, times);
}

/** Plays from a time on and resolves to when something is heard, in the video's seconds; null when nothing is until `to`. */
function listen(page: Page, from: number, to: number): Promise<number | null> {
  return page.evaluate(
    async ({ start, end }) => {
      const video = document.querySelector('video');
      if (!video) throw new Error('There is no video.');
      const audio = new AudioContext();
      const analyser = new AnalyserNode(audio, { fftSize: 256 });
      audio.createMediaElementSource(video).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      video.muted = false;
      video.currentTime = start;
      await video.play();
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        analyser.getFloatTimeDomainData(samples);
        if (samples.some((value) => Math.abs(value) > 0.05)) return video.currentTime;
        if (video.ended || video.currentTime > end) return null;
      }
    },
    { start: from, end: to },
  );
}

/** What is wrong with how a source plays, as a sentence for each. */
async function findFaults(page: Page, source: Source): Promise<string[]> {
  const { expected = {}, flashAt = 1, duration = 2, pictures = [{}], sounds = [{}] } = source;
  await open(page, source);
  const faults: string[] = [];
  const { flash = flashAt, beep = flash } = expected;
  const rate = Math.min(25, pictures.at(-1)?.rate ?? 25);
  // One frame of tolerance on either side.
  const seen = await look(page, [flash - 1 / rate - FRAME / 2, flash + 1.5 * FRAME]);
  const [before = Number.NaN, at = Number.NaN] = seen.brightness;
  if (!(before < 110 && at > 180)) faults.push(`brightness ${before} before the flash, ${at} at it`);
  const [width, height] = expected.size ?? pictures.at(-1)?.size ?? [160, 120];
  if (Math.abs(seen.width / seen.height / (width / height) - 1) > 0.02) faults.push(`${seen.width} × ${seen.height}`);
  if (Math.abs(seen.duration - (expected.duration ?? duration)) > 0.1) faults.push(`duration ${seen.duration}`);
  for (const warning of expected.warnings ?? []) await expect(page.getByText(warning)).toBeVisible();
  // Sound may be somewhere else only where its track is not an ordinary one.
  if (beep === null || sounds.every((sound) => Object.keys(sound).length === 0)) return faults;
  const heard = await listen(page, Math.max(0, beep - 0.3), beep + 0.6);
  if (heard === null || Math.abs(heard - beep) > HEARING_TOLERANCE) faults.push(`the beep is heard at ${heard}`);
  return faults;
}

test('every source of the table plays with its flash, beep and shape where they belong', async ({ page }) => {
  test.setTimeout(10 * MINUTE_MS);
  const faults: string[] = [];
  for (const source of SOURCES)
    faults.push(...(await findFaults(page, source)).map((fault) => `${source.title}: ${fault}`));
  expect(faults).toEqual([]);
});

const find = (file: string): Source => {
  const source = SOURCES.find((candidate) => candidate.file === file);
  if (!source) throw new Error(`${file} is not in the table.`);
  return source;
};

test('another audio track can be chosen by its name', async ({ page }) => {
  await open(page, find('tracks.mkv'));
  await page.getByRole('button', { name: 'Audio track' }).click();
  await expect(page.getByRole('menuitemradio')).toHaveText(['German', 'Commentary', 'French']);
  await expect(page.getByRole('menuitemradio', { name: 'German' })).toBeChecked();
  await page.getByRole('menuitemradio', { name: 'Commentary' }).click();
  await page.getByRole('button', { name: 'Audio track' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Commentary' })).toBeChecked();
  // The beep is in the German track only.
  expect(await listen(page, 0.7, 1.6)).toBeNull();
});

test('subtitles of the file are shown when they are chosen', async ({ page }) => {
  await open(page, find('subtitles.mkv'));
  await page.getByRole('button', { name: 'Captions' }).click();
  await expect(page.getByRole('menuitemradio')).toHaveText(['Off', 'English', 'German']);
  await page.getByRole('menuitemradio', { name: 'German' }).click();
  await look(page, [1.2]);
  const shown = () =>
    page.evaluate(() =>
      [...(document.querySelector('video')?.textTracks ?? [])]
        .filter(({ mode }) => mode === 'showing')
        .flatMap(({ language, activeCues }) =>
          [...(activeCues ?? [])].map((cue) => `${language}: ${(cue as VTTCue).text}`),
        ),
    );
  await expect.poll(shown).toEqual(['de: Two lines\n→ of text']);
});
