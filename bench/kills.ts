import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { type Studio, startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import type { UploadedPart } from '../src/api/contracts/uploads.ts';
import { derivedStatus, isDone } from '../src/api/status.ts';

/**
 * Kills the platform again and again at random times during uploads and pipelines, and checks after each start that
 * nothing that was acknowledged is lost; at the end, that nothing is stuck. `npm run soak:kills -- 50`
 */

const KILLS = Number(process.argv[2] ?? 50);
const LONGEST_LIFE_MS = 3_000;
const PART_BYTES = 6_000;
const END_LIMIT_MS = 300_000;

/** What the platform has acknowledged of one upload. */
interface Known {
  readonly ref: { s3ObjectName: string; uploadId: string };
  readonly videoId: string;
  readonly parts: UploadedPart[];
  etag: string | null;
  preprocessed: boolean;
  started: boolean;
}

const clip = await readFile(await timecodeClip(4));
const dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-kills-'));
const known: Known[] = [];
const losses: string[] = [];

const createStudioClient = (studio: Studio) =>
  createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });
type Client = ReturnType<typeof createStudioClient>;

/** Does the next step of one upload; what is acknowledged is noted at once. */
async function step({ uploads, videos }: Client, item: Known): Promise<void> {
  const sent = item.parts.length * PART_BYTES;
  if (sent < clip.length) {
    const number = item.parts.length + 1;
    const { url } = await uploads.getPartUrl(item.ref, number);
    const body = new Uint8Array(clip.subarray(sent, sent + PART_BYTES));
    const response = await fetch(url, { method: 'PUT', body });
    const etag = response.headers.get('etag');
    if (response.ok && etag) item.parts.push({ part_number: number, etag });
  } else if (item.etag === null) item.etag = (await uploads.completeMultipart(item.ref, item.parts)).etag;
  else if (!item.preprocessed) {
    await uploads.preprocess({ s3ObjectName: item.ref.s3ObjectName, videoId: item.videoId, name: 'Killed' });
    item.preprocessed = true;
  } else if (!item.started && derivedStatus(await uploads.getStatus(item.videoId)) === 'completed') {
    await videos.initiateAnalyse(item.videoId);
    await videos.initiateSearchProcess(item.videoId);
    item.started = true;
  }
}

async function live(client: Client): Promise<void> {
  for (;;) {
    if (known.every(({ etag }) => etag !== null)) {
      const started = await client.uploads.initiateMultipart('killed.mp4', 'video/mp4');
      const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
      known.push({ ref, videoId: started.video_id, parts: [], etag: null, preprocessed: false, started: false });
    }
    for (const item of known) await step(client, item);
    await pause(20);
  }
}

/** Everything acknowledged must still be there. */
async function check(client: Client, kill: number): Promise<void> {
  const lost = (what: string) => losses.push(`after kill ${kill}: ${what}`);
  for (const item of known) {
    if (item.etag === null) {
      const listed = await client.uploads.listParts(item.ref).catch(() => []);
      const missing = item.parts.filter((part) => !listed.some(({ etag }) => etag === part.etag));
      // A complete that was under way may have finished without its answer reaching us.
      if (missing.length > 0 && item.parts.length * PART_BYTES < clip.length) lost(`${missing.length} part(s)`);
    } else if ((await client.uploads.completeMultipart(item.ref, item.parts).catch(() => null))?.etag !== item.etag)
      lost('an object');
    if (item.preprocessed && !(await client.uploads.getStatus(item.videoId).catch(() => null))) lost('a video');
  }
}

for (let kill = 1; kill <= KILLS; kill += 1) {
  const studio = await startStudio({ dataDir });
  const client = createStudioClient(studio);
  await check(client, kill - 1);
  const life = Math.random() * LONGEST_LIFE_MS;
  await Promise.race([live(client).catch(() => undefined), pause(life)]);
  await studio.kill();
}
const studio = await startStudio({ dataDir });
const client = createStudioClient(studio);
await check(client, KILLS);
const deadline = Date.now() + END_LIMIT_MS;
const unfinished = async () => {
  const open: string[] = [];
  for (const item of known.filter(({ preprocessed }) => preprocessed)) {
    await step(client, item);
    const video = await client.videos.get(item.videoId);
    if (!isDone(video.analyse_status) || !isDone(video.search_process_status)) open.push(item.videoId);
  }
  return open;
};
let open = await unfinished();
while (open.length > 0 && Date.now() < deadline) {
  await pause(1000);
  open = await unfinished();
}
console.log(
  `${KILLS} kills, ${known.length} uploads, ${known.filter(({ preprocessed }) => preprocessed).length} videos`,
);
console.log(`lost: ${losses.length}${losses.map((loss) => `\n  ${loss}`).join('')}`);
console.log(`stuck: ${open.length}`);
await studio.stop();
await rm(dataDir, { recursive: true, force: true });
process.exit(losses.length + open.length > 0 ? 1 : 0);
