import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { browserToUse } from '../e2e/browser.ts';
import type { CandidateName } from './map-page/candidates.ts';
import { median } from './median.ts';
import { record } from './record.ts';

/**
 * The map's engine against regl-scatterplot, d3 with SVG circles, squares on Canvas 2D and discs on bare WebGL2: the
 * same points in the same sizes, 900×600, in one Chromium. First picture: from arrays in memory; frame: the work of one
 * while zooming by wheel, until its pixels can be read; heap: of the script and its arrays, after a collection.
 *
 * Arguments: how many points, in place of the four numbers.
 */
const asked = process.argv.slice(2).map(Number);
const COUNTS = asked.length > 0 ? asked : [1_000, 10_000, 100_000, 1_000_000];
const NAMES: readonly CandidateName[] = ['studio', 'studio, WebGL', 'regl', 'svg', 'canvas2d', 'webgl'];
const ROUNDS = 3;
/** Beyond this a picture of theirs takes half a minute, or does not come to an end. */
const NATIVE_MOST = 100_000;
const isNative = (name: CandidateName) => name === 'svg' || name === 'canvas2d';
const ORIGIN = 'http://bench.localhost';

const folder = await mkdtemp(path.join(tmpdir(), 'studio-bench-'));
await build({
  root: 'bench/map-page',
  configFile: false,
  logLevel: 'error',
  build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
});
const browser = await chromium.launch(await browserToUse());

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

async function openPage(from: Browser): Promise<Page> {
  const page = await from.newPage({ viewport: { width: 940, height: 640 } });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    const body = await readFile(path.join(folder, name)).catch(() => null);
    if (body === null) return route.fulfill({ status: 404 });
    return route.fulfill({ body, contentType: TYPES[path.extname(name)] ?? 'application/octet-stream' });
  });
  await page.goto(ORIGIN);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}

async function getHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 2 ** 20;
}

const cell = (value: number, digits = 1) => value.toFixed(value >= 100 ? 0 : digits);

for (const count of COUNTS) {
  const results = new Map<CandidateName, { first: number; frame: number; heap: number }>();
  for (const name of NAMES) {
    if (isNative(name) && count > NATIVE_MOST) continue;
    const runs: { first: number; frame: number; heap: number }[] = [];
    for (let round = 0; round < (name === 'svg' && count === NATIVE_MOST ? 1 : ROUNDS); round += 1) {
      const page = await openPage(browser);
      const timed = await page.evaluate(([which, many]) => window.bench.draw(which, many), [name, count] as const);
      runs.push({ ...timed, heap: await getHeap(page) });
      await page.close();
    }
    const of = (key: 'first' | 'frame' | 'heap') => median(runs.map((run) => run[key]));
    results.set(name, { first: of('first'), frame: of('frame'), heap: of('heap') });
  }
  const rival = results.get('regl');
  const bare = results.get('webgl');
  console.log(`\n${count.toLocaleString('en')} points`);
  console.log('| | frame, ms | × regl | × bare | first picture, ms | × regl | × bare | heap, MiB |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const [name, { first, frame, heap }] of results) {
    const against = (value: number, other: number | undefined) => (other ? (value / other).toFixed(2) : '–');
    console.log(
      `| ${name} | ${cell(frame)} | ${against(frame, rival?.frame)} | ${against(frame, bare?.frame)} | ${cell(first)} | ${against(first, rival?.first)} | ${against(first, bare?.first)} | ${cell(heap)} |`,
    );
  }
  const studio = results.get('studio');
  if (studio && rival && bare && count >= 100_000) {
    const points = `map of ${count.toLocaleString('en')} points, 900×600`;
    for (const [key, part] of [
      ['frame', 'a frame of pan and zoom'],
      ['first', 'the first picture'],
    ] as const) {
      const ratio = studio[key] / rival[key];
      const againstBare = studio[key] / bare[key];
      record({
        what: `${points}: ${part}`,
        reference: `regl-scatterplot 1.16 ${cell(rival[key])} ms, bare WebGL2 ${cell(bare[key])} ms`,
        measured: `${cell(studio[key])} ms (${againstBare.toFixed(2)} × of bare WebGL2)`,
        ratio,
        target: '≤ 0.5 ×, ≤ 1.5 × of bare',
        met: ratio <= 0.5 && againstBare <= 1.5,
      });
    }
  }
  const page = await openPage(browser);
  const hit = await page.evaluate((many) => window.bench.hit(many), count);
  await page.close();
  console.log(
    `under the pointer ${cell(hit.hit, 4)} ms (d3-quadtree ${cell(hit.treeHit, 4)}); index ${cell(hit.build)} ms beside the page (d3-quadtree ${cell(hit.treeBuild)} on it); lasso of 60 corners ${cell(hit.lasso)} ms; clusters ${cell(hit.clusters)} ms`,
  );
  if (count >= 1_000_000) {
    record({
      what: `map of ${count.toLocaleString('en')} points: what is under the pointer`,
      reference: `d3-quadtree ${cell(hit.treeHit, 4)} ms`,
      measured: `${cell(hit.hit, 4)} ms (index made in ${cell(hit.build)} ms beside the page)`,
      ratio: hit.hit / hit.treeHit,
      target: '< 0.05 ms',
      met: hit.hit < 0.05,
    });
  }
}
await browser.close();
await rm(folder, { recursive: true });
