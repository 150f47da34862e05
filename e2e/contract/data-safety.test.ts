import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/platform/db/database.ts';
import { createClient } from '../../src/api/client.ts';
import type { UploadedPart } from '../../src/api/contracts/uploads.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

const MIB = 1024 * 1024;

let studio: Studio;
let dataDir: string;

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });

/** A request beside the API. */
async function send(method: string, address: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${studio.platformUrl}${address}`, { method, headers: { 'x-api-key': studio.apiKey } });
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-safety-'));
  studio = await startStudio({ dataDir });
});

afterAll(async () => {
  await studio.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly ref: { s3ObjectName: string; uploadId: string };
  readonly videoId: string;
  readonly partUrl: (part: number) => Promise<string>;
}

async function startUpload(): Promise<Started> {
  const started = await client().uploads.initiateMultipart('bytes.mp4', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const partUrl = async (part: number) => (await client().uploads.getPartUrl(ref, part)).url;
  return { ref, videoId: started.video_id, partUrl };
}

async function putPart(url: string, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const response = await fetch(url, { method: 'PUT', body });
  expect(response.status).toBe(200);
  return response.headers.get('etag') ?? '';
}

async function uploadParts(upload: Started, bodies: readonly Uint8Array<ArrayBuffer>[]): Promise<UploadedPart[]> {
  const parts: UploadedPart[] = [];
  for (const [index, body] of bodies.entries()) {
    const etag = await putPart(await upload.partUrl(index + 1), body);
    parts.push({ part_number: index + 1, etag });
  }
  return parts;
}

/** The object that was joined for an upload. */
async function readObject(videoId: string): Promise<Buffer> {
  const folder = path.join(dataDir, 'objects', videoId);
  const sources = (await readdir(folder)).filter((name) => name.startsWith('source'));
  expect(sources).toHaveLength(1);
  return readFile(path.join(folder, sources[0] ?? ''));
}

describe('several requests for one upload at once', () => {
  test('complete answers all of them the same, and the object is what was sent', async () => {
    const upload = await startUpload();
    const bodies = [randomBytes(8 * MIB), randomBytes(8 * MIB), randomBytes(3 * MIB)].map(
      (body) => new Uint8Array(body),
    );
    const parts = await uploadParts(upload, bodies);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client().uploads.completeMultipart(upload.ref, parts)),
    );
    expect(new Set(answers.map(({ etag }) => etag)).size).toBe(1);
    expect((await readObject(upload.videoId)).equals(Buffer.concat(bodies))).toBe(true);
    expect((await client().uploads.completeMultipart(upload.ref, parts)).etag).toBe(answers[0]?.etag);
  });

  test('one part sent five times at once is listed once, with the bytes of its ETag', async () => {
    const upload = await startUpload();
    const url = await upload.partUrl(1);
    const bodies = Array.from({ length: 5 }, () => new Uint8Array(randomBytes(256 * 1024)));
    const etags = await Promise.all(bodies.map((body) => putPart(url, body)));
    const listed = await client().uploads.listParts(upload.ref);
    expect(listed).toHaveLength(1);
    expect(etags).toContain(listed[0]?.etag);
    await client().uploads.completeMultipart(upload.ref, listed);
    const winner = bodies[etags.indexOf(listed[0]?.etag ?? '')];
    expect((await readObject(upload.videoId)).equals(Buffer.from(winner ?? []))).toBe(true);
  });

  test('complete and abort: one of them wins, and nothing is left of the other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const upload = await startUpload();
      const parts = await uploadParts(upload, [new Uint8Array(randomBytes(MIB))]);
      const [completed, aborted] = await Promise.allSettled([
        client().uploads.completeMultipart(upload.ref, parts),
        client().uploads.abortMultipart(upload.ref),
      ]);
      expect([completed.status, aborted.status].sort()).toEqual(['fulfilled', 'rejected']);
      const hasObject = await stat(path.join(dataDir, 'objects', upload.videoId)).then(
        async () => (await readdir(path.join(dataDir, 'objects', upload.videoId))).length > 0,
        () => false,
      );
      expect(hasObject).toBe(completed.status === 'fulfilled');
      expect(await readdir(path.join(dataDir, 'uploads'))).not.toContain(upload.ref.uploadId);
    }
  });

  test('abort may be sent again, and a part that arrives meanwhile is refused without a trace', async () => {
    const upload = await startUpload();
    const url = await upload.partUrl(1);
    let release = () => undefined as undefined;
    const held = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(1024));
        release = () => controller.close() as undefined;
      },
    });
    const init = { method: 'PUT', body: held, duplex: 'half' };
    const put = fetch(url, init as RequestInit);
    await expect
      .poll(() => readdir(path.join(dataDir, 'uploads', upload.ref.uploadId)).catch(() => []))
      .toHaveLength(1);
    await client().uploads.abortMultipart(upload.ref);
    await client().uploads.abortMultipart(upload.ref);
    release();
    expect((await put).status).toBe(404);
    await expect(client().uploads.listParts(upload.ref)).rejects.toMatchObject({ statusCode: 404 });
    expect(await readdir(path.join(dataDir, 'uploads')).catch(() => [])).not.toContain(upload.ref.uploadId);
  });

  test('a part that is damaged on the disk is found, and can be sent again', async () => {
    const upload = await startUpload();
    const body = new Uint8Array(randomBytes(1024));
    const parts = await uploadParts(upload, [body]);
    const folder = path.join(dataDir, 'uploads', upload.ref.uploadId);
    const [file] = await readdir(folder);
    await cp(path.join(dataDir, 'api-key'), path.join(folder, file ?? ''));
    await expect(client().uploads.completeMultipart(upload.ref, parts)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('Part 1 is damaged'),
    });
    const again = await uploadParts(upload, [body]);
    await client().uploads.completeMultipart(upload.ref, again);
    expect((await readObject(upload.videoId)).equals(Buffer.from(body))).toBe(true);
  });

  test('preprocess makes one video and one charge', async () => {
    const upload = await startUpload();
    const parts = await uploadParts(upload, [new Uint8Array(await readFile(await timecodeClip(4)))]);
    await client().uploads.completeMultipart(upload.ref, parts);
    const before = (await send('GET', '/local/credits')).body;
    const video = { s3ObjectName: upload.ref.s3ObjectName, videoId: upload.videoId, name: 'Once' };
    await Promise.all(Array.from({ length: 5 }, () => client().uploads.preprocess(video)));
    const after = (await send('GET', '/local/credits')).body;
    const used = (body: unknown) => (body as { used: number }).used;
    expect(used(after) - used(before)).toBe(1);
    expect((await client().videos.list()).filter(({ name }) => name === 'Once')).toHaveLength(1);
  });
});

describe('requests that are sent again', () => {
  test('with the same Idempotency-Key they create and charge once', async () => {
    const idempotencyKey = randomUUID();
    const clip = new Blob([new Uint8Array(await readFile(await timecodeClip(4)))]);
    const uploads = await Promise.all(
      [1, 2].map(() => client().uploads.direct(clip, { name: 'Direct' }, { idempotencyKey })),
    );
    expect(uploads[0]).toEqual(uploads[1]);
    const [first, again] = [
      await client().collections.create('Same', undefined, { idempotencyKey }),
      await client().collections.create('Same', undefined, { idempotencyKey }),
    ];
    expect(again.collection_id).toBe(first.collection_id);
    const since = new Date().toISOString();
    for (let index = 0; index < 3; index += 1) await client().embeddings.text('red', { idempotencyKey });
    expect((await send('GET', `/local/credits?since=${since}`)).body).toMatchObject({ used: 1 });
  });
});

describe('a video that is processed again', () => {
  test('can be searched, asked, mapped and exported all the while, and keeps its segment ids', async () => {
    const videoId = await uploadAndWait(client(), await timecodeClip(16), 'Again');
    await processAndWait(client(), videoId);
    const ids = async () =>
      (await client().search.visualize({ videoIds: [videoId] })).points.map(({ segment_id }) => segment_id);
    const before = await ids();
    await client().videos.initiateAnalyse(videoId);
    await client().videos.initiateSearchProcess(videoId);
    let rounds = 0;
    for (;;) {
      const { status } = await client().videos.getSearchProcessStatus(videoId);
      if (status === 'success') break;
      expect(['enqueued', 'processing']).toContain(status);
      expect((await client().search.search('red', { videoIds: [videoId] })).length).toBeGreaterThan(0);
      expect((await client().embeddings.video(videoId)).data.length).toBe(before.length);
      expect((await client().chat.ask('What happens?', { videoId })).answer).not.toBe('');
      expect(await ids()).toEqual(before);
      expect(await client().videos.get(videoId)).toMatchObject({ status: 'processed' });
      expect((await client().videos.list({ status: 'processed' })).map(({ video_id }) => video_id)).toContain(videoId);
      rounds += 1;
    }
    expect(rounds).toBeGreaterThan(2);
    expect(await ids()).toEqual(before);
  });
});

describe('the trash', () => {
  test('a deleted video is gone from everything, and comes back with its collections when restored', async () => {
    const videoId = await uploadAndWait(client(), await timecodeClip(4), 'Back again');
    await processAndWait(client(), videoId);
    const { collection_id } = await client().collections.create('With it');
    await client().collections.addVideo(collection_id, videoId);

    await client().videos.delete(videoId);
    await client().videos.delete(videoId);
    await expect(client().videos.get(videoId)).rejects.toMatchObject({ statusCode: 404 });
    await expect(client().search.search('red', { videoIds: [videoId] })).rejects.toMatchObject({ statusCode: 404 });
    expect((await client().collections.listVideos(collection_id)).total).toBe(0);
    expect(await client().search.search('red', { collectionId: collection_id })).toEqual([]);
    expect((await send('GET', '/local/trash')).body).toMatchObject({
      videos: [{ video_id: videoId, name: 'Back again' }],
    });

    await studio.kill();
    studio = await startStudio({ dataDir });
    expect((await send('POST', `/local/videos/${videoId}/restore`)).status).toBe(200);
    expect((await send('POST', `/local/videos/${videoId}/restore`)).status).toBe(200);
    expect(await client().videos.get(videoId)).toMatchObject({ name: 'Back again', status: 'processed' });
    expect((await client().search.search('red', { collectionId: collection_id })).length).toBeGreaterThan(0);

    await client().videos.delete(videoId);
    expect((await send('DELETE', '/local/trash')).body).toEqual({ deleted: 1 });
    expect((await send('POST', `/local/videos/${videoId}/restore`)).status).toBe(403);
  });
});

describe('a studio that is started again', () => {
  test('with another API key it keeps its videos', async () => {
    const before = (await client().videos.list()).map(({ video_id }) => video_id);
    expect(before.length).toBeGreaterThan(0);
    await studio.stop();
    studio = await startStudio({ dataDir, env: { MIKSHI_API_KEY: 'sk_another_key_of_the_same_people' } });
    expect((await client().videos.list()).map(({ video_id }) => video_id)).toEqual(before);
    await studio.stop();
    studio = await startStudio({ dataDir });
  });

  test('with the objects of another database it refuses, and touches nothing', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'mikshi-other-'));
    await mkdir(other, { recursive: true });
    await studio.stop();
    await cp(path.join(dataDir, 'objects'), path.join(other, 'objects'), { recursive: true });
    const before = await readdir(path.join(other, 'objects'), { recursive: true });
    const started = startStudio({ dataDir: other });
    await expect(started).rejects.toMatchObject({ cause: expect.stringContaining('belong to another database') });
    // Neither does it without the mark of the store, as version 0.1 left it.
    await rm(path.join(other, 'objects', '.store.json'));
    await expect(startStudio({ dataDir: other })).rejects.toMatchObject({
      cause: expect.stringContaining('belong to another database'),
    });
    const after = await readdir(path.join(other, 'objects'), { recursive: true });
    expect(after.sort()).toEqual(before.filter((name) => name !== '.store.json').sort());
    await rm(other, { recursive: true });
    studio = await startStudio({ dataDir });
  });
});

describe('a video of an earlier version', () => {
  test('is marked, and can be used while it is processed again from its source', async () => {
    const videoId = await uploadAndWait(client(), await timecodeClip(8), 'Earlier');
    await processAndWait(client(), videoId);
    await studio.stop();
    // As version 0.1 left its renditions: without their version.
    const { db, close } = await openDatabase(dataDir, undefined);
    await sql`update stages set output = output - 'version' where stage = 'transcode' and video_id = ${videoId}`.execute(
      db,
    );
    await close();
    studio = await startStudio({ dataDir });
    const before = await client().videos.get(videoId);
    expect(before).toMatchObject({ is_outdated: true, status: 'processed' });
    expect((await send('POST', `/local/videos/${videoId}/process-again`)).status).toBe(202);
    expect((await send('POST', `/local/videos/${videoId}/process-again`)).status).toBe(202);
    for (;;) {
      const video = await client().videos.get(videoId);
      const isDone = [video.transcoding_status, video.hls_generation_status, video.thumbnail_generation_status].every(
        (status) => status === 'completed',
      );
      if (isDone && video.search_process_status === 'done' && !video.is_outdated) break;
      expect(video.status).toBe('processed');
      const playlist = await fetch(video.hls_playlist_path ?? '', { headers: { 'x-api-key': studio.apiKey } });
      expect(playlist.status).toBe(200);
      expect((await client().search.search('red', { videoIds: [videoId] })).length).toBeGreaterThan(0);
    }
    // Whoever plays the earlier one can play it to its end.
    const old = await fetch(before.hls_playlist_path ?? '', { headers: { 'x-api-key': studio.apiKey } });
    expect(old.status).toBe(200);
    expect((await client().videos.get(videoId)).hls_playlist_path).not.toBe(before.hls_playlist_path);
  });
});
