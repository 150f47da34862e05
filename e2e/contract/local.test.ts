import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { segmentsSchema } from '../../src/api/contracts/segments.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import type { UploadSession } from '../../src/api/upload/upload-session.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** What the embedded platform has beyond the API proper. */

let studio: Studio;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const local = (what: string, key = studio.apiKey) =>
  fetch(`${studio.platformUrl}/local/${what}`, { headers: { 'x-api-key': key } });

beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

test('sample clips are drawn on demand, for those with a key', async () => {
  expect((await local('samples', 'sk_wrong')).status).toBe(401);
  expect((await local('samples/../../api-key')).status).toBe(404);
  expect((await local('samples/unknown')).status).toBe(404);
  const samples: { name: string; title: string }[] = await (await local('samples')).json();
  expect(samples.map(({ name }) => name)).toEqual(['circles', 'squares', 'diamonds']);
  // Twice at once, drawn once.
  const [first, second] = await Promise.all([local('samples/circles'), local('samples/circles')]);
  const bytes = Buffer.from(await first.arrayBuffer());
  expect(Buffer.from(await second.arrayBuffer()).equals(bytes)).toBe(true);
  const file = path.join(tmpdir(), `mikshi-sample-${process.pid}.mp4`);
  await writeFile(file, bytes);
  const videoId = await uploadAndWait(client(), file, 'Sample');
  expect((await client().videos.get(videoId)).video_metadata).toMatchObject({
    duration: 12,
    video: { codec: 'h264', width: 960, height: 540, frame_rate: 25 },
    audio: { codec: 'aac' },
  });
});

test('stages say when they ran, and videos have a strip of pictures', async () => {
  const videoId = await uploadAndWait(client(), await timecodeClip(4), 'Timed');
  const { transcoding_status: stage } = await client().uploads.getStatus(videoId);
  const [started, ended] = [Date.parse(stage?.started_at ?? ''), Date.parse(stage?.ended_at ?? '')];
  expect(ended).toBeGreaterThan(started);
  expect(Date.now() - started).toBeLessThan(60_000);
  const { scrub_path, scrub_frames } = await client().videos.get(videoId);
  expect(scrub_frames).toBe(12);
  const strip = await fetch(scrub_path ?? '');
  expect(strip.headers.get('content-type')).toBe('image/jpeg');
});

test('segments tell what was seen in each, to those whose video it is', async () => {
  const videoId = await uploadAndWait(client(), await timecodeClip(8), 'Told');
  const empty = segmentsSchema.parse(await (await local(`videos/${videoId}/segments`)).json());
  expect(empty.segments).toEqual([]);
  await processAndWait(client(), videoId);
  const { color, segments } = segmentsSchema.parse(await (await local(`videos/${videoId}/segments`)).json());
  const map = await client().search.visualize({ videoIds: [videoId] });
  expect(color).toBe(map.videos[videoId]?.color);
  expect(segments.map(({ segment_id }) => segment_id)).toEqual(map.points.map(({ segment_id }) => segment_id));
  expect(segments.map(({ start, end, start_ms, end_ms }) => [start, end, start_ms, end_ms])).toEqual([
    ['00:00:00', '00:00:04', 0, 4000],
    ['00:00:04', '00:00:08', 4000, 8000],
  ]);
  const [first, second] = segments;
  expect(first?.colors[0]?.name).toBe('gray');
  expect(second?.colors[0]?.name).toBe('green');
  // There are no people in it.
  expect(first).toMatchObject({ postures: [], shot: null, interaction: null, smiles: 0 });
  expect(first?.occupancy).not.toBe('many');
  expect((await local(`videos/${videoId}/segments`, 'sk_wrong')).status).toBe(401);
  expect((await local('videos/not-an-id/segments')).status).toBe(422);
  expect((await local('videos/00000000-0000-4000-8000-000000000000/segments')).status).toBe(403);
});

test('what failed runs again, by preprocess or stage by stage', async () => {
  const broken = path.join(tmpdir(), `mikshi-broken-${process.pid}.mp4`);
  await writeFile(broken, 'not a video '.repeat(1000));
  const sessions: UploadSession[] = [];
  const { video_id } = await uploadPath(client(), broken, {
    name: 'Broken',
    onSession: (session) => sessions.push(session),
  });
  const transcoding = async () => (await client().uploads.getStatus(video_id)).transcoding_status;
  await expect.poll(async () => (await transcoding())?.status, { timeout: 30_000 }).toBe('failed');
  const before = (await transcoding())?.started_at;
  const s3ObjectName = sessions[0]?.s3ObjectName ?? '';
  await client().uploads.preprocess({ s3ObjectName, videoId: video_id, name: 'Broken' });
  await expect
    .poll(async () => (await transcoding())?.started_at, { timeout: 30_000 })
    .toSatisfy((after) => typeof after === 'string' && after !== before);
  await expect.poll(async () => (await transcoding())?.status, { timeout: 30_000 }).toBe('failed');

  const retry = (stage: string) =>
    fetch(`${studio.platformUrl}/local/videos/${video_id}/stages/${stage}/retry`, {
      method: 'POST',
      headers: { 'x-api-key': studio.apiKey },
    });
  const second = (await transcoding())?.started_at;
  expect((await retry('transcode')).status).toBe(202);
  expect((await retry('transcode')).status).toBe(409);
  await expect
    .poll(async () => (await transcoding())?.started_at, { timeout: 30_000 })
    .toSatisfy((after) => typeof after === 'string' && after !== second);
  await expect.poll(async () => (await transcoding())?.status, { timeout: 30_000 }).toBe('failed');
  // What waited for it has failed with it, and was started with it.
  expect((await client().uploads.getStatus(video_id)).hls_generation_status?.status).toBe('failed');
  expect((await retry('search')).status).toBe(409);
  expect((await retry('magic')).status).toBe(422);
});

test('the queue says that its worker takes every stage', async () => {
  const answer = await fetch(`${studio.platformUrl}/local/queue`, { headers: { 'x-api-key': studio.apiKey } });
  const { stages } = (await answer.json()) as { stages: { stage: string; workers: number; is_stuck: boolean }[] };
  expect(stages.map(({ stage }) => stage)).toContain('transcode');
  expect(stages.every(({ workers, is_stuck }) => workers === 1 && !is_stuck)).toBe(true);
});

test('a file that is there already is recognized, whatever it is called', async () => {
  const file = await timecodeClip(2);
  const first = await uploadAndWait(client(), file, 'The original');
  const second = await uploadAndWait(client(), file, 'A copy');
  const getDuplicates = async (videoId: string) => (await local(`videos/${videoId}/duplicates`)).json();
  expect(await getDuplicates(second)).toEqual({ duplicates: [{ video_id: first, name: 'The original' }] });
  expect(await getDuplicates(first)).toEqual({ duplicates: [{ video_id: second, name: 'A copy' }] });
  await client().videos.delete(first);
  expect(await getDuplicates(second)).toEqual({ duplicates: [] });
  expect((await local(`videos/${second}/duplicates`, 'sk_wrong')).status).toBe(401);
});

test('a map that grows keeps the places of what was on it, until it is laid out anew', async () => {
  const first = await uploadAndWait(client(), await timecodeClip(24), 'On the map');
  await processAndWait(client(), first);
  const placesOf = async (videoIds: string[]) =>
    new Map(
      (await client().search.visualize({ videoIds })).points.map(({ segment_id, x, y }) => [segment_id, { x, y }]),
    );
  const before = await placesOf([first]);
  expect(before.size).toBe(6);

  const second = await uploadAndWait(client(), await timecodeClip(8), 'Added to the map');
  await processAndWait(client(), second);
  const grown = await placesOf([first, second]);
  expect(grown.size).toBe(8);
  for (const [id, place] of before) expect(grown.get(id)).toEqual(place);
  const added = [...grown].flatMap(([id, place]) => (before.has(id) ? [] : [place]));
  expect(added.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
  // The same frames as in the first clip: they belong where those are.
  const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y);
  for (const place of added)
    expect(Math.min(...[...before.values()].map((other) => distance(place, other)))).toBeLessThan(0.1);
  expect(await placesOf([first, second])).toEqual(grown);
  // A video that is left out moves nothing either.
  expect(await placesOf([first])).toEqual(before);

  const layOut = (body: object) =>
    fetch(`${studio.platformUrl}/local/map/layout`, {
      method: 'POST',
      headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const response = await layOut({ video_ids: [first, second] });
  expect(await response.json()).toEqual({ segments: 8 });
  expect(await placesOf([first, second])).not.toEqual(grown);
  expect((await layOut({})).status).toBe(422);
  expect((await layOut({ video_ids: ['00000000-0000-4000-8000-000000000000'] })).status).toBe(403);
});
