import { performance } from 'node:perf_hooks';
import { chromium, type Page } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { median } from './median.ts';
import { record } from './record.ts';

/**
 * From a press on a segment to its first frame on the screen, in the studio's Video page, against a bare page in which
 * hls.js plays the same stream and a press sets `currentTime`. Both in one run and one browser, taking turns; the same
 * segments, neither buffered (far from the playhead) nor prefetched, unless said. Milliseconds, medians.
 */
const SECONDS = 120;
const ROUNDS = 5;
/** Far enough from each other that the player has not buffered one while it shows another. */
const TARGETS = [60, 8, 100, 40, 80, 20] as const;

const studio = await startStudio();
const client = createClient({ baseUrl: studio.url });
const videoId = await uploadAndWait(client, await timecodeClip(SECONDS), 'Bench');
await processAndWait(client, videoId);
const browser = await chromium.launch(await browserToUse());

/** Milliseconds from the press on an element to the first frame within the wanted second. */
const pressAndWait = (page: Page, selector: string, time: number) =>
  page.evaluate(
    ([pressed, wanted]) =>
      new Promise<number>((resolve) => {
        const video = document.querySelector('video');
        const button = document.querySelector<HTMLElement>(pressed);
        if (!video || !button) throw new Error(`There is no ${pressed}.`);
        const before = performance.now();
        const look = (now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
          if (mediaTime >= wanted - 0.01 && mediaTime < wanted + 1) resolve(now - before);
          else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
        button.click();
      }),
    [selector, time] as const,
  );

const button = (time: number) => `button[data-start="${time}"]`;

async function studioPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript('globalThis.__name = (it) => it');
  await page.goto(`${studio.url}/videos/${videoId}`);
  await page.getByTestId('segments').getByRole('button').nth(5).waitFor();
  return page;
}

/** Moves the list, which holds only the rows in view, until the segment's row is there. */
async function reach(page: Page, time: number): Promise<void> {
  await page.getByTestId('segments').evaluate((list, share) => {
    list.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
    list.scrollTop = share * list.scrollHeight - list.clientHeight / 2;
  }, time / SECONDS);
  await page.locator(button(time)).waitFor();
}

/** The same stream in nothing but hls.js, from the studio's origin; it buffers as far as the studio does. */
async function barePage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript('globalThis.__name = (it) => it');
  await page.route('**/bare', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<video width="700" height="394"></video>' }),
  );
  await page.goto(`${studio.url}/bare`);
  await page.addScriptTag({ path: 'node_modules/hls.js/dist/hls.min.js' });
  await page.evaluate(
    ([manifest, targets]) => {
      const video = document.querySelector('video');
      const { Hls } = window as unknown as { Hls: typeof import('hls.js').default };
      const hls = new Hls({ maxBufferLength: 20, maxMaxBufferLength: 30, backBufferLength: 60 });
      if (video) hls.attachMedia(video);
      hls.loadSource(manifest);
      for (const time of targets) {
        const button = document.createElement('button');
        button.dataset.start = String(time);
        button.onclick = () => {
          if (video) video.currentTime = time;
          void video?.play();
        };
        document.body.append(button);
      }
    },
    [`/api/backend/v1/developer/videos/hls/${videoId}/master.m3u8`, TARGETS] as const,
  );
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
  return page;
}

/** Resolves when the page has nothing to do, as it has while a person looks for where to press. */
const idle = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(() => resolve()))),
      ),
  );

async function measure(open: () => Promise<Page>, prepare?: typeof reach): Promise<number[]> {
  const page = await open();
  const times: number[] = [];
  for (const time of TARGETS) {
    await prepare?.(page, time);
    await idle(page);
    times.push(await pressAndWait(page, button(time), time));
    await page.evaluate(() => document.querySelector('video')?.pause());
  }
  await page.context().close();
  return times;
}

/** As a person does it: the pointer rests on the segment for a moment before it is pressed. */
async function measureWarmed(): Promise<number[]> {
  const page = await studioPage();
  const times: number[] = [];
  for (const time of TARGETS) {
    await reach(page, time);
    const fetched = page
      .waitForResponse((response) => response.url().includes('.m4s'), { timeout: 1_000 })
      .catch(() => null);
    await page.locator(button(time)).hover();
    await fetched;
    await idle(page);
    times.push(await pressAndWait(page, button(time), time));
    await page.evaluate(() => document.querySelector('video')?.pause());
  }
  await page.context().close();
  return times;
}

const results = { studio: [] as number[], bare: [] as number[], prefetched: [] as number[] };
const started = performance.now();
for (let round = 0; round < ROUNDS; round += 1) {
  results.bare.push(...(await measure(barePage)));
  results.studio.push(...(await measure(studioPage, reach)));
  results.prefetched.push(...(await measureWarmed()));
}
const [bare, ours, prefetched] = [median(results.bare), median(results.studio), median(results.prefetched)];
const rested = `${prefetched.toFixed(0)} ms, ${(prefetched / bare).toFixed(2)} ×, once the pointer has rested on it`;
record({
  what: `press on a segment to its first frame, medians of ${results.bare.length}`,
  reference: `bare hls.js setting currentTime ${bare.toFixed(0)} ms`,
  measured: `${ours.toFixed(0)} ms (${rested})`,
  ratio: ours / bare,
  target: '≤ 1.15 ×',
  met: ours / bare <= 1.15,
});
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
await browser.close();
await studio.stop();
process.exit(0);
