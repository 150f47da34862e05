import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/platform/db/database.ts';
import { listSegments, readMapSegments } from '../../server/platform/modules/projection/map-segments.ts';
import { getMapKey } from '../../server/platform/modules/projection/projection-service.ts';
import { createClient } from '../../src/api/client.ts';
import { MAP_MEDIA_TYPE, type MapRun, mapRunSchema } from '../../src/api/contracts/map.ts';
import { decodeMap, getThumbnail, type MapFile } from '../../src/api/map-format.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { seedSegments, seedVideos } from '../seed.ts';
import { type Studio, startStudio } from '../studio.ts';

/** The app's own map, over more segments than are waited for. */

const OTHER_KEY = 'sk_another_tenant';
const VIDEOS = 30;
const PER_VIDEO = 100;
const EVERYTHING = { all_videos: true };
const env = { PLATFORM_API_KEYS: OTHER_KEY };

let dataDir: string;
let studio: Studio;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-map-'));
  await seedVideos(dataDir, VIDEOS);
  await seedSegments(dataDir, PER_VIDEO);
  studio = await startStudio({ dataDir, env });
});
afterAll(async () => {
  await studio.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

const askFor = (body: object, { key = studio.apiKey, headers = {}, path = '/local/map' } = {}) =>
  fetch(`${studio.platformUrl}${path}`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const askForRun = (runId: string, key = studio.apiKey) =>
  fetch(`${studio.platformUrl}/local/map/runs/${runId}`, { headers: { 'x-api-key': key } });

async function startRun(): Promise<MapRun> {
  const response = await askFor(EVERYTHING);
  expect(response.status).toBe(202);
  return mapRunSchema.parse(await response.json());
}

const DRAFT = { path: '/local/map/draft' };

async function readMap(body: object, options = {}): Promise<MapFile> {
  const response = await askFor(body, options);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(MAP_MEDIA_TYPE);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return decodeMap(await response.arrayBuffer());
}

/** What a map's file says of each segment, as `visualize` says it. */
function toPoints({ header, x, y, startMs, endMs, text }: MapFile) {
  let at = 0;
  return header.videos.flatMap(({ video_id, count, thumbnails }) =>
    Array.from({ length: count }, (_, number) => {
      const index = at++;
      const thumbnail = new URL(getThumbnail(thumbnails, number) ?? '');
      return {
        video_id,
        x: x[index],
        y: y[index],
        start_ms: startMs[index],
        end_ms: endMs[index],
        text: header.texts[text[index] ?? 0],
        picture: thumbnail.pathname,
      };
    }),
  );
}

async function expectSameAsVisualize(file: MapFile, scope: { videoIds?: string[]; allVideos?: boolean }) {
  const { videos, points } = await client().search.visualize(scope);
  expect(toPoints(file)).toEqual(
    points.map(({ video_id, x, y, start_ms, end_ms, text, thumbnail_url }) => ({
      video_id,
      x: Math.fround(x),
      y: Math.fround(y),
      start_ms,
      end_ms,
      text,
      picture: new URL(thumbnail_url ?? '').pathname,
    })),
  );
  for (const { video_id, color, hls_playlist_url } of file.header.videos)
    expect(videos[video_id]).toMatchObject({ color, hls_playlist_url });
}

test('a first map of many segments is computed in the background, again after a crash, and then says what visualize says', async () => {
  const run = await startRun();
  expect(run).toMatchObject({ state: 'computing', segments: VIDEOS * PER_VIDEO, error: null });
  // Asked for again, it is the same computation.
  expect((await startRun()).run_id).toBe(run.run_id);

  await studio.kill();
  studio = await startStudio({ dataDir, env });
  expect((await askForRun(run.run_id)).status).toBe(404);
  expect((await startRun()).run_id).toBe(run.run_id);

  const progress: number[] = [];
  const drafts: MapFile[] = [];
  await expect
    .poll(
      async () => {
        const now = mapRunSchema.parse(await (await askForRun(run.run_id)).json());
        progress.push(now.progress);
        if (now.drafts > 0 && drafts.length === 0) drafts.push(await readMap(EVERYTHING, DRAFT));
        return now.state;
      },
      { timeout: 100_000 },
    )
    .toBe('ready');
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.some((value) => value > 0 && value < 1)).toBe(true);
  const map = await readMap(EVERYTHING);
  await expectSameAsVisualize(map, { allVideos: true });
  // The same segments, elsewhere.
  const [first] = drafts;
  expect(toPoints(first ?? map).map(({ picture }) => picture)).toEqual(toPoints(map).map(({ picture }) => picture));
  expect(first?.x).not.toEqual(map.x);
  expect((await askFor(EVERYTHING, DRAFT)).status).toBe(404);
});

test('the answer is compressed for those who take that', async () => {
  const plain = await askFor(EVERYTHING, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  const bytes = Buffer.from(await plain.arrayBuffer());
  const columns = decodeMap(new Uint8Array(bytes).buffer);
  const compressed = await askFor(EVERYTHING, { headers: { 'accept-encoding': 'gzip' } });
  expect(compressed.headers.get('content-encoding')).toBe('gzip');
  expect(toPoints(decodeMap(await compressed.arrayBuffer()))).toEqual(toPoints(columns));
});

test('a map that is kept is not given for other videos', async () => {
  const before = toPoints(await readMap(EVERYTHING));
  const [video] = await client().videos.list({ limit: 1 });
  const videoId = video?.video_id ?? '';
  await client().videos.delete(videoId);
  const { run_id } = await startRun();
  await expect.poll(async () => (await (await askForRun(run_id)).json()).state, { timeout: 60_000 }).toBe('ready');
  const fewer = await readMap(EVERYTHING);
  expect(fewer.header.videos.map(({ video_id }) => video_id)).not.toContain(videoId);
  await expectSameAsVisualize(fewer, { allVideos: true });
  await fetch(`${studio.platformUrl}/local/videos/${videoId}/restore`, {
    method: 'POST',
    headers: { 'x-api-key': studio.apiKey },
  });
  expect(toPoints(await readMap(EVERYTHING))).toEqual(before);
});

test('a map that is known reads no vector', async () => {
  const before = toPoints(await readMap(EVERYTHING));
  await studio.stop();
  // A layout cannot be made of these.
  const { db, close } = await openDatabase(dataDir, undefined);
  await sql`alter table segments alter column embedding type vector`.execute(db);
  await sql`update segments set embedding = '[1,0]'`.execute(db);
  // Nor can it be taken as a start for others, and its answer has to be made anew.
  await db.updateTable('projections').set({ segments: null, fingerprint: null }).execute();
  await close();
  studio = await startStudio({ dataDir, env });
  expect(toPoints(await readMap(EVERYTHING))).toEqual(before);
});

test('a computation that fails says why, and is started again when the map is asked for again', async () => {
  const videoIds = (await client().videos.list({ limit: 25 })).map(({ video_id }) => video_id);
  const start = async () => mapRunSchema.parse(await (await askFor({ video_ids: videoIds })).json());
  const { run_id } = await start();
  const read = async () => mapRunSchema.parse(await (await askForRun(run_id)).json());
  await expect.poll(async () => (await read()).state, { timeout: 30_000 }).toBe('failed');
  expect((await read()).error).toBe('These videos are being processed. Ask for the map again.');
  expect(await start()).toMatchObject({ state: 'computing', run_id });
});

test('a small map is waited for, and its pictures are there for whoever has their addresses', async () => {
  const own = await startStudio();
  try {
    const api = createClient({ baseUrl: own.platformUrl, apiKey: own.apiKey });
    const { video_id } = await processedClip(api);
    const response = await fetch(`${own.platformUrl}/local/map`, {
      method: 'POST',
      headers: { 'x-api-key': own.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ video_ids: [video_id] }),
    });
    expect(response.status).toBe(200);
    const file = decodeMap(await response.arrayBuffer());
    const { points } = await api.search.visualize({ videoIds: [video_id] });
    expect(file.header.count).toBe(points.length);
    const thumbnails = file.header.videos[0]?.thumbnails ?? [];
    const first = new URL(getThumbnail(thumbnails, 0) ?? '');
    const picture = await fetch(first);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    // The signature is for this folder: it opens neither another one nor the folder itself.
    const { thumbnail_path } = await api.videos.get(video_id);
    const poster = new URL(thumbnail_path ?? '');
    poster.search = first.search;
    expect((await fetch(poster)).status).toBe(403);
    first.pathname = first.pathname.slice(0, first.pathname.lastIndexOf('/') + 1);
    expect((await fetch(first)).status).toBe(403);
  } finally {
    await own.stop();
  }
});

test('the map of all videos that was opened before is computed ahead', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mikshi-map-ahead-'));
  await seedVideos(folder, 3);
  await seedSegments(folder, 20);
  const { db, close } = await openDatabase(folder, undefined);
  const videos = await db.selectFrom('videos').select(['video_id', 'owner']).execute();
  const segments = await readMapSegments(
    db,
    videos.map(({ video_id }) => video_id),
  );
  const key = getMapKey({ segments: () => listSegments(segments, 'local') });
  await db
    .insertInto('whole_maps')
    .values({ owner: videos[0]?.owner ?? '', prepared_at: new Date('2026-01-01') })
    .execute();
  await close();
  const own = await startStudio({ dataDir: folder });
  try {
    const getState = async () => {
      const response = await fetch(`${own.platformUrl}/local/map/runs/${key}`, {
        headers: { 'x-api-key': own.apiKey },
      });
      return response.ok ? mapRunSchema.parse(await response.json()).state : response.status;
    };
    await expect.poll(getState, { timeout: 60_000 }).toBe('ready');
  } finally {
    await own.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test('others learn nothing of a map', async () => {
  const [video] = await client().videos.list({ limit: 1 });
  const { run_id } = mapRunSchema.parse(await (await askFor({ video_ids: await listIds() })).json());
  expect((await askFor({ video_ids: [video?.video_id] }, { key: OTHER_KEY })).status).toBe(403);
  expect((await askFor({ video_ids: [randomUUID()] })).status).toBe(403);
  expect((await askForRun(run_id, OTHER_KEY)).status).toBe(404);
  expect((await askFor({ video_ids: [video?.video_id] }, { key: OTHER_KEY, ...DRAFT })).status).toBe(403);
  expect((await askFor(EVERYTHING, { key: OTHER_KEY })).status).toBe(400);
  expect((await askFor(EVERYTHING, { key: 'sk_wrong' })).status).toBe(401);
  expect((await askFor({})).status).toBe(422);
  expect((await askForRun('..%2F..%2Fetc')).status).toBe(422);
});

const listIds = async () => (await client().videos.list({ limit: 22 })).map(({ video_id }) => video_id);
