import { chromium, type Page } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { median } from './median.ts';
import { record } from './record.ts';

/**
 * From a press on a result of another video to its first frame, on the Search page, against a bare page in which a press gives
 * the video element a new hls.js with that stream at that second. Both in one run and one browser, taking turns; every stream
 * is new to its page, pressed at once or after the pointer has rested on it. Milliseconds, medians.
 */
const VIDEOS = 6;
const SECONDS = 20;
const ROUNDS = 5;
const QUERY = 'blue scene';

interface Target {
  readonly videoId: string;
  /** Seconds. */
  readonly time: number;
}

const studio = await startStudio();
const client = createClient({ baseUrl: studio.url });
const clip = await timecodeClip(SECONDS);
for (let number = 1; number <= VIDEOS; number += 1) {
  await processAndWait(client, await uploadAndWait(client, clip, `Bench ${number}`));
}
const browser = await chromium.launch(await browserToUse());

async function openPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript('globalThis.__name = (it) => it');
  return page;
}

/** The results by video. */
async function searchPage(): Promise<Page> {
  const page = await openPage();
  await page.goto(`${studio.url}/search?q=${QUERY}&by=video&k=50`);
  const hits = page.getByTestId('hits');
  await page.getByRole('button', { name: /^Search for/ }).click();
  await hits.waitFor();
  const weaker = hits.getByRole('button', { expanded: false });
  if (await weaker.isVisible()) await weaker.click();
  return page;
}

/** A result of each video. */
const readTargets = (page: Page): Promise<Target[]> =>
  page.evaluate(() => {
    const byVideo = new Map<string, Target>();
    for (const row of document.querySelectorAll<HTMLElement>('[data-result]')) {
      const videoId = row.dataset.result?.split(' ')[0] ?? '';
      const time = Number(row.querySelector<HTMLElement>('button[data-start]')?.dataset.start);
      if (!byVideo.has(videoId)) byVideo.set(videoId, { videoId, time });
    }
    return [...byVideo.values()];
  });

async function barePage(targets: readonly Target[]): Promise<Page> {
  const page = await openPage();
  await page.route('**/bare', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<video width="700" height="394"></video>' }),
  );
  await page.goto(`${studio.url}/bare`);
  await page.addScriptTag({ path: 'node_modules/hls.js/dist/hls.min.js' });
  const videos = await Promise.all(
    targets.map(async ({ videoId, time }) => {
      const { hls_playlist_path } = await client.videos.get(videoId);
      return { videoId, time, path: new URL(hls_playlist_path ?? '').pathname };
    }),
  );
  await page.evaluate((all) => {
    const { Hls } = window as unknown as { Hls: typeof import('hls.js').default };
    let hls: InstanceType<typeof Hls> | null = null;
    for (const { videoId, time, path } of all) {
      const row = document.createElement('div');
      row.dataset.result = `${videoId} `;
      const button = document.createElement('button');
      button.dataset.start = String(time);
      button.onclick = () => {
        const video = document.querySelector('video');
        if (!video) return;
        hls?.destroy();
        hls = new Hls({ maxBufferLength: 20, maxMaxBufferLength: 30, backBufferLength: 60, startPosition: time });
        hls.loadSource(path);
        hls.attachMedia(video);
        void video.play();
      };
      row.append(button);
      document.body.append(row);
    }
  }, videos);
  return page;
}

const select = ({ videoId, time }: Target) => `[data-result^="${videoId} "] button[data-start="${time}"]`;

/** Milliseconds from the press to the first frame of that video within the wanted second. */
const pressAndWait = (page: Page, target: Target) =>
  page.evaluate(
    ([pressed, wanted]) =>
      new Promise<number>((resolve) => {
        const button = document.querySelector<HTMLElement>(pressed);
        if (!button) throw new Error(`There is no ${pressed}.`);
        const before = performance.now();
        button.click();
        // The player may show its element only now.
        const find = () => {
          const video = document.querySelector('video');
          if (!video) return requestAnimationFrame(find);
          const look = (now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
            if (mediaTime >= wanted - 0.01 && mediaTime < wanted + 1) resolve(now - before);
            else video.requestVideoFrameCallback(look);
          };
          return video.requestVideoFrameCallback(look);
        };
        find();
      }),
    [select(target), target.time] as const,
  );

const rest = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestIdleCallback(() => requestAnimationFrame(() => resolve()))),
  );

async function measure(page: Page, targets: readonly Target[], isRestedOn: boolean): Promise<number[]> {
  const times: number[] = [];
  for (const target of targets) {
    if (isRestedOn) {
      const isPiece = (url: string) => url.includes(target.videoId) && url.endsWith('.m4s');
      const fetched = page.waitForResponse((answer) => isPiece(answer.url()), { timeout: 1_000 });
      await page.locator(select(target)).hover();
      await fetched.catch(() => null);
    }
    await rest(page);
    times.push(await pressAndWait(page, target));
    await page.evaluate(() => document.querySelector('video')?.pause());
  }
  await page.context().close();
  // The first one loads hls.js in the studio, and starts the decoder in both.
  return times.slice(1);
}

const probe = await searchPage();
const targets = await readTargets(probe);
await probe.context().close();
if (targets.length < VIDEOS) throw new Error(`Results of ${targets.length} videos were found, of ${VIDEOS}.`);

const results = { bare: [] as number[], pressed: [] as number[], rested: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  results.bare.push(...(await measure(await barePage(targets), targets, false)));
  results.pressed.push(...(await measure(await searchPage(), targets, false)));
  results.rested.push(...(await measure(await searchPage(), targets, true)));
}
const [bare, pressed, rested] = [median(results.bare), median(results.pressed), median(results.rested)];
record({
  what: `press on a result of another video to its first frame, medians of ${results.bare.length}`,
  reference: `bare hls.js opening it there ${bare.toFixed(0)} ms`,
  measured: `${pressed.toFixed(0)} ms (${rested.toFixed(0)} ms, ${(rested / bare).toFixed(2)} ×, once the pointer has rested on it)`,
  ratio: pressed / bare,
  target: '≤ 1.15 ×',
  met: pressed / bare <= 1.15,
});
await browser.close();
await studio.stop();
process.exit(0);
