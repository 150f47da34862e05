import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { longAnswer, scriptedModel } from '../e2e/scripted-model.ts';
import { seedSegments, seedVideos } from '../e2e/seed.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { uploadPath } from '../src/api/node/files.ts';
import { record } from './record.ts';
import { residentMiB } from './resident.ts';
import { watchHealth } from './watch-health.ts';

/**
 * Whether the platform answers others while it works: `GET /healthz` while 100,000 vectors are compared one by one, a file is
 * uploaded, texts are embedded and an answer is streamed, all at once; and the memory of the platform's own process at rest.
 */
const VIDEOS = 1_000;
const PER_VIDEO = 100;
const SECONDS = 30;
const UPLOAD_BYTES = 256 * 2 ** 20;
const EVERY_MS = 20;
const REST_MS = 20_000;

const folder = await mkdtemp(path.join(tmpdir(), 'awake-'));
const dataDir = path.join(folder, 'data');
const file = path.join(folder, 'upload.mp4');
await writeFile(file, Buffer.alloc(UPLOAD_BYTES, 'video'));
await seedVideos(dataDir, VIDEOS);
// It leaves no index behind, so that every search compares all of them.
await seedSegments(dataDir, PER_VIDEO);
const model = await scriptedModel({ pieces: longAnswer(400), everyMs: 10, breakAfter: null });
const studio = await startStudio({ dataDir, env: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted' } });
const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

await delay(REST_MS);
const atRest = await residentMiB(studio.pids()[0] ?? 0);
const [video] = await client.videos.list({ limit: 1 });

let isOver = false;
const counts = { searches: 0, uploads: 0, answers: 0 };
async function repeat(name: keyof typeof counts, work: () => Promise<unknown>): Promise<void> {
  while (!isOver) {
    await work();
    counts[name] += 1;
  }
}

const stopWatching = watchHealth(studio.platformUrl, EVERY_MS);
const work = Promise.all([
  repeat('searches', () => client.search.search(`a red car ${counts.searches}`, { topK: 50, allVideos: true })),
  repeat('uploads', () => uploadPath(client, file, { name: `Upload ${counts.uploads}` })),
  repeat('answers', async () => {
    for await (const _ of client.chat.askStream('What moves?', { videoId: video?.video_id ?? '' })) if (isOver) break;
  }),
]);
await Promise.race([delay(SECONDS * 1000), work]);
isOver = true;
await work;
const { p99, most } = await stopWatching();
const afterwards = await residentMiB(studio.pids()[0] ?? 0);
record({
  what: `GET /healthz while ${(VIDEOS * PER_VIDEO).toLocaleString('en')} vectors are compared one by one, files of 256 MiB are uploaded and answers streamed, for ${SECONDS} s`,
  reference: 'none',
  measured: `p99 ${p99.toFixed(0)} ms, at most ${most.toFixed(0)} ms (${counts.searches} searches, ${counts.uploads} uploads, ${counts.answers} answers)`,
  ratio: null,
  target: 'p99 < 50 ms',
  met: p99 < 50,
});
record({
  what: 'memory of the platform at rest, after its start',
  reference: 'none',
  measured: `${atRest.toFixed(0)} MiB (${afterwards.toFixed(0)} MiB right after the work above)`,
  ratio: null,
  target: '≤ 400 MiB',
  met: atRest <= 400,
});
await studio.stop();
model.close();
await rm(folder, { recursive: true, force: true });
process.exit(0);
