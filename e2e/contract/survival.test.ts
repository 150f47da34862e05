import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { derivedStatus } from '../../src/api/status.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

let dataDir: string;
let studio: Studio;

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

/** Kills both servers at once and starts them again over the same data. */
async function killAndRestart() {
  await studio.kill();
  studio = await startStudio({ dataDir });
}

/** Uploads a clip and resolves to its id while it is being transcoded. */
async function uploadUntilTranscoding(name: string): Promise<string> {
  const { video_id } = await uploadPath(client(), await timecodeClip(16), { name });
  await expect
    .poll(async () => (await client().uploads.getStatus(video_id)).transcoding_status?.status, {
      timeout: 30_000,
      interval: 20,
    })
    .toBe('in_progress');
  return video_id;
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-survival-'));
  studio = await startStudio({ dataDir });
});

afterAll(async () => {
  await studio.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('a job that was running when the platform was killed finishes after the next start', async () => {
  const video_id = await uploadUntilTranscoding('Interrupted');
  await killAndRestart();
  await expect
    .poll(async () => derivedStatus(await client().uploads.getStatus(video_id)), { timeout: 60_000 })
    .toBe('completed');

  await client().videos.initiateAnalyse(video_id);
  await client().videos.initiateSearchProcess(video_id);
  await expect
    .poll(async () => (await client().videos.getSearchProcessStatus(video_id)).status, {
      timeout: 30_000,
      interval: 20,
    })
    .toBe('processing');
  await killAndRestart();
  await expect.poll(async () => (await client().videos.get(video_id)).status, { timeout: 60_000 }).toBe('processed');
});

test('parts that were acknowledged are still there after a kill, and the upload goes on', async () => {
  const { uploads } = client();
  const started = await uploads.initiateMultipart('halves.bin', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const put = async (part: number, body: string) => {
    const { url } = await client().uploads.getPartUrl(ref, part);
    return (await fetch(url, { method: 'PUT', body })).headers.get('etag') ?? '';
  };
  const first = await put(1, 'first half');
  await killAndRestart();
  expect(await client().uploads.listParts(ref)).toEqual([{ part_number: 1, etag: first }]);
  const second = await put(2, 'second half');
  const parts = [
    { part_number: 1, etag: first },
    { part_number: 2, etag: second },
  ];
  const complete = await client().uploads.completeMultipart(ref, parts);
  expect(complete.etag).toMatch(/^"[0-9a-f]{32}-2"$/);
  await killAndRestart();
  // Complete is acknowledged: asked again it says the same, and the object is still there to be processed.
  expect((await client().uploads.completeMultipart(ref, parts)).etag).toBe(complete.etag);
  const video = { s3ObjectName: ref.s3ObjectName, videoId: started.video_id, name: 'Halves' };
  expect((await client().uploads.preprocess(video)).video_id).toBe(started.video_id);
});

test('search, map and answers are the same after a restart', async () => {
  const videoId = await uploadAndWait(client(), await timecodeClip(16), 'Kept');
  await processAndWait(client(), videoId);
  const look = async () => {
    const hits = await client().search.search('something red', { videoIds: [videoId], topK: 4 });
    const map = await client().search.visualize({ videoIds: [videoId] });
    const { answer } = await client().chat.ask('What happens?', { videoId });
    return {
      hits: hits.map(({ start, score }) => [start, score]),
      points: map.points.map(({ segment_id, x, y }) => [segment_id, x, y]),
      answer,
    };
  };
  const before = await look();
  expect(before.points).toHaveLength(4);
  await killAndRestart();
  expect(await look()).toEqual(before);
});

const emptyTrash = async () => {
  const response = await fetch(`${studio.platformUrl}/local/trash`, {
    method: 'DELETE',
    headers: { 'x-api-key': studio.apiKey },
  });
  return (await response.json()) as unknown;
};

test('a deleted video leaves no file behind once the trash is emptied', async () => {
  const videoId = await uploadAndWait(client(), await timecodeClip(16), 'Gone');
  await client().videos.delete(videoId);
  await expect(client().videos.get(videoId)).rejects.toMatchObject({ statusCode: 404 });
  expect(await readdir(path.join(dataDir, 'objects'))).toContain(videoId);
  expect(await emptyTrash()).toEqual({ deleted: 1 });
  expect(await readdir(path.join(dataDir, 'objects'))).not.toContain(videoId);
});

test('a video that is deleted while it is being processed is no longer worked on, and leaves nothing', async () => {
  const video_id = await uploadUntilTranscoding('Cut short');
  await client().videos.delete(video_id);
  // Each stage works on one video of an owner after the other: when the next one is through, the deleted one's work has ended.
  await uploadAndWait(client(), await timecodeClip(4), 'Next');
  const names = await readdir(path.join(dataDir, 'objects', video_id));
  expect(names.filter((name) => name.startsWith('transcode'))).toEqual([]);
  await emptyTrash();
  expect(await readdir(path.join(dataDir, 'objects'))).not.toContain(video_id);
});
