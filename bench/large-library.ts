import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { seedVideos } from '../e2e/seed.ts';
import { startStudio } from '../e2e/studio.ts';
import { median } from './median.ts';
import { record } from './record.ts';

/**
 * A library of many videos, scrolled to its end: the frames while it scrolls, beside those of a page of the same size that has
 * nothing but text to scroll, and what the page keeps in memory at the start and at the end. Argument: how many videos.
 */
const COUNT = Number(process.argv[2] ?? 50_000);
const MEASURED_MS = 5_000;
const MIB = 1024 ** 2;

/** Scrolls for some seconds as a wheel does, and resolves to how long each frame took, in milliseconds. */
const scroll = (page: Page): Promise<number[]> =>
  page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        const start = performance.now();
        let last = start;
        const step = (now: number) => {
          frames.push(now - last);
          last = now;
          window.scrollBy(0, 40);
          if (now - start < duration) requestAnimationFrame(step);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(step);
      }),
    MEASURED_MS,
  );

async function readHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / MIB;
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-library-'));
await seedVideos(dataDir, COUNT);
const studio = await startStudio({ dataDir });
const browser = await chromium.launch(await browserToUse());
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.addInitScript('globalThis.__name = (it) => it');
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');

await page.goto(`data:text/html,<style>p{height:900px}</style>${'<p>Text'.repeat(200)}`);
const bare = await scroll(page);

await page.goto(`${studio.url}/library`);
await page.getByRole('gridcell').first().waitFor();
const before = await readHeap(session);
const atStart = await scroll(page);

/** Goes to the end of what is here again and again, until the last video is. */
const last = page.getByRole('gridcell', { name: 'Seeded 00001', exact: true });
const started = performance.now();
while (!(await last.isVisible())) {
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForTimeout(20);
}
const seconds = (performance.now() - started) / 1000;
const after = await readHeap(session);
await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
const inTheMiddle = await scroll(page);
const cells = await page.getByRole('gridcell').count();
const p95 = median(inTheMiddle, 0.95);
record({
  what: `a library of ${COUNT.toLocaleString('en')} videos, scrolled to its end: frames while it scrolls on from the middle`,
  reference: `a page of text: p50 ${median(bare).toFixed(1)}, p95 ${median(bare, 0.95).toFixed(1)} ms a frame`,
  measured: `p50 ${median(inTheMiddle).toFixed(1)}, p95 ${p95.toFixed(1)} ms (among the first ${median(atStart).toFixed(1)}, ${median(atStart, 0.95).toFixed(1)}); ${cells} tiles on the page; ${before.toFixed(0)} MiB at the start, ${after.toFixed(0)} at the end, which was there after ${seconds.toFixed(0)} s`,
  ratio: p95 / median(bare, 0.95),
  target: '60 frames a second, flat memory',
  met: median(inTheMiddle) <= 17.5 && after - before <= 50,
});
await browser.close();
await studio.stop();
await rm(dataDir, { recursive: true });
process.exit(0);
