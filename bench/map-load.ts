import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { seedSegments, seedVideos } from '../e2e/seed.ts';
import { type Studio, startStudio } from '../e2e/studio.ts';
import { openDatabase } from '../server/platform/db/database.ts';
import { listSegments, readMapSegments } from '../server/platform/modules/projection/map-segments.ts';
import { getMapKey } from '../server/platform/modules/projection/projection-service.ts';
import { randomFrom } from '../server/platform/tasks/projection/random.ts';
import { mapRunSchema } from '../src/api/contracts/map.ts';
import { median } from './median.ts';
import { record } from './record.ts';
import { watchHealth } from './watch-health.ts';

/**
 * Maps of synthetic segments in a whole studio: from the press on "Map" to the points on the screen where the layout is known,
 * and how long a first layout takes in the background. Arguments: numbers of segments. Layouts of more than 100,000 are
 * made up, and so are their vectors.
 */
const asked = process.argv.slice(2).map(Number);
const COUNTS = asked.length > 0 ? asked : [100_000, 1_000_000];
const PER_VIDEO = 100;
const ROUNDS = 3;
const MAX_PROJECTED = 100_000;
const POLL_MS = 100;

/** Puts a made-up layout of everything into the database: bunches of points. */
async function storeLayout(dataDir: string): Promise<void> {
  const { db, close } = await openDatabase(dataDir, undefined);
  const videos = await db.selectFrom('videos').select(['video_id', 'owner']).execute();
  const owner = videos[0]?.owner ?? '';
  const segments = await readMapSegments(
    db,
    videos.map(({ video_id }) => video_id),
  );
  const random = randomFrom(5);
  const bunches = Array.from({ length: 40 }, () => [random(), random()] as const);
  const places = new Float64Array(segments.count * 2);
  for (let index = 0; index < segments.count; index += 1) {
    const [x, y] = bunches[Math.floor(index / 25) % bunches.length] ?? [0.5, 0.5];
    places[index * 2] = x + (random() + random() - 1) * 0.08;
    places[index * 2 + 1] = y + (random() + random() - 1) * 0.08;
  }
  const key = getMapKey({ segments: () => listSegments(segments, 'local') });
  await db
    .insertInto('projections')
    .values({ key, owner, points: Buffer.from(places.buffer), segments: null, rows: segments.count })
    .execute();
  await close();
}

/** Asks for the first map of everything and waits until it is known. */
async function measureProjection({ platformUrl, apiKey }: Studio, count: number): Promise<void> {
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  const body = JSON.stringify({ all_videos: true });
  const stopWatching = watchHealth(platformUrl, POLL_MS);
  const before = performance.now();
  const first = await fetch(`${platformUrl}/local/map`, { method: 'POST', headers, body });
  const answered = performance.now() - before;
  const { run_id } = mapRunSchema.parse(await first.json());
  for (;;) {
    const run = mapRunSchema.parse(await (await fetch(`${platformUrl}/local/map/runs/${run_id}`, { headers })).json());
    if (run.state === 'ready') break;
    if (run.state === 'failed') throw new Error(run.error ?? 'The layout failed.');
    await delay(POLL_MS);
  }
  const seconds = (performance.now() - before) / 1000;
  const { p99, most } = await stopWatching();
  record({
    what: `a first map of ${count.toLocaleString('en')} segments, in the background`,
    reference: 'none: it could not be made before',
    measured: `${seconds.toFixed(0)} s (answered with its progress after ${answered.toFixed(0)} ms; GET /healthz meanwhile: p99 ${p99.toFixed(0)} ms, at most ${most.toFixed(0)} ms)`,
    ratio: null,
    target: '≤ 240 s',
    met: seconds <= 240,
  });
}

/** From the press on "Map" to the points, and until the map can be pointed at; milliseconds. */
async function measureOpening({ url }: Studio, count: number): Promise<void> {
  const browser = await chromium.launch(await browserToUse());
  const [drawn, ready, bytes]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const answer = page.waitForResponse((response) => response.url().endsWith('/local/map'), { timeout: 120_000 });
    await page.goto(`${url}/search`);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      const times: { pressed?: number; drawn?: number; ready?: number } = {};
      Object.assign(window, { times });
      document.addEventListener('pointerdown', () => {
        times.pressed ??= performance.now();
      });
      new MutationObserver(() => {
        const map = document.querySelector<HTMLElement>('[data-testid="map"]');
        // A frame after the one in which the points are drawn.
        if (map && times.drawn === undefined) {
          times.drawn = Number.NaN;
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              times.drawn = performance.now();
            }),
          );
        }
        if (map?.dataset.indexed) times.ready ??= performance.now();
      }).observe(document.body, { childList: true, subtree: true, attributes: true });
    });
    await page.getByRole('link', { name: 'Map', exact: true }).click();
    await page.waitForFunction(
      () => {
        const { times } = window as unknown as { times: { drawn?: number; ready?: number } };
        return times.drawn !== undefined && !Number.isNaN(times.drawn) && times.ready !== undefined;
      },
      undefined,
      { timeout: 120_000 },
    );
    const times = await page.evaluate(
      () => (window as unknown as { times: { pressed: number; drawn: number; ready: number } }).times,
    );
    drawn.push(times.drawn - times.pressed);
    ready.push(times.ready - times.pressed);
    bytes.push((await (await answer).request().sizes()).responseBodySize);
    await page.close();
  }
  await browser.close();
  const limit = count > MAX_PROJECTED ? 8 : 2;
  const [first = 0] = drawn;
  const seconds = median(drawn) / 1000;
  record({
    what: `map of ${count.toLocaleString('en')} segments that is known: from the press to the points, median of ${ROUNDS}`,
    reference: 'none',
    measured: `${seconds.toFixed(2)} s (${(first / 1000).toFixed(2)} s the first time; ${(median(ready) / 1000).toFixed(2)} s until they can be pointed at; ${(median(bytes) / 2 ** 20).toFixed(1)} MiB sent)`,
    ratio: null,
    target: `≤ ${limit} s`,
    met: seconds <= limit,
  });
}

for (const count of COUNTS) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'map-load-'));
  const isProjected = count <= MAX_PROJECTED;
  await seedVideos(dataDir, count / PER_VIDEO);
  await seedSegments(dataDir, PER_VIDEO, { hasVectors: isProjected });
  if (!isProjected) await storeLayout(dataDir);
  const studio = await startStudio({ dataDir });
  try {
    if (isProjected) await measureProjection(studio, count);
    await measureOpening(studio, count);
  } finally {
    await studio.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
process.exit(0);
