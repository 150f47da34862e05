import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { browserToUse } from '../e2e/browser.ts';
import { processedClip } from '../e2e/clips/processed-clip.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { record } from './record.ts';

/**
 * Lighthouse's performance score of the built app's main pages, on a desktop, with a video that is processed. Lighthouse itself is
 * fetched by npx: it is no dependency of the studio.
 */
const LIGHTHOUSE = 'lighthouse@12';
const RUNS = 3;
const TARGET = 0.95;
/** A report with the pictures of the page has some megabytes. */
const MAX_OUTPUT_BYTES = 100 * 1024 ** 2;

const reportSchema = z.object({
  categories: z.object({ performance: z.object({ score: z.number() }) }),
  audits: z.record(z.string(), z.object({ displayValue: z.string().optional() })),
});
const SHOWN = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

const studio = await startStudio();
const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const { video_id: videoId } = await processedClip(client);
const { executablePath, args = [] } = await browserToUse();

async function measure(path: string) {
  const options = ['--preset=desktop', '--only-categories=performance', '--output=json', '--quiet'];
  const flags = `--chrome-flags=--headless ${args.join(' ')}`;
  const { stdout } = await promisify(execFile)('npx', ['--yes', LIGHTHOUSE, studio.url + path, ...options, flags], {
    env: { ...process.env, ...(executablePath === undefined ? {} : { CHROME_PATH: executablePath }) },
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  return reportSchema.parse(JSON.parse(stdout));
}

for (const [name, path] of [
  ['Library', '/library'],
  ['Search', '/search?q=something%20red'],
  ['Map', '/map'],
  ['Video', `/videos/${videoId}`],
] as const) {
  const reports = [];
  for (let run = 0; run < RUNS; run += 1) reports.push(await measure(path));
  const [median] = reports
    .toSorted((a, b) => a.categories.performance.score - b.categories.performance.score)
    .slice(Math.floor(RUNS / 2));
  if (!median) throw new Error('There is no report.');
  const { score } = median.categories.performance;
  record({
    what: `Lighthouse performance of ${name}, desktop, median of ${RUNS}`,
    reference: 'none',
    measured: `${Math.round(score * 100)} (${SHOWN.map((audit) => `${audit} ${median.audits[audit]?.displayValue}`).join(', ')})`,
    ratio: null,
    target: `≥ ${TARGET * 100}`,
    met: score >= TARGET,
  });
}
await studio.stop();
process.exit(0);
