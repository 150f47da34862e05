import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { footage } from '../clips/footage.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** The SDK document's quick start in bare HTTP, as a program would do it that knows nothing of this repository. */

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${studio.platformUrl}/api/${path}`, {
    method,
    headers: { 'X-API-Key': studio.apiKey, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
const get = <T>(path: string) => call<T>('GET', path);
const post = <T>(path: string, body: unknown) => call<T>('POST', path, body);

const DEV = 'backend/v1/developer';
const CHAT = 'chat/v1/developer';
interface Stage {
  status: string;
  percentage: number;
}

test('upload, poll, analyse, search-process, search, ask', async () => {
  const cars = footage('car-detection.mp4');
  const bytes = await readFile(cars ?? (await timecodeClip(8)));
  const ref = await post<{ upload_id: string; s3_object_name: string; video_id: string }>(
    `${DEV}/uploads/multipart/initiate`,
    { filename: 'clip.mp4', content_type: 'video/mp4' },
  );
  const { video_id, ...upload } = ref;
  const half = Math.ceil(bytes.length / 2);
  const parts: { part_number: number; etag: string | null }[] = [];
  for (const part_number of [1, 2]) {
    const { url } = await post<{ url: string }>(`${DEV}/uploads/multipart/part-url`, { ...upload, part_number });
    const body = bytes.subarray((part_number - 1) * half, part_number * half);
    const stored = await fetch(url, { method: 'PUT', body });
    parts.push({ part_number, etag: stored.headers.get('etag') });
  }
  await post(`${DEV}/uploads/multipart/complete`, { ...upload, parts });
  await post(`${DEV}/uploads/preprocess`, {
    s3_object_name: upload.s3_object_name,
    video_id,
    name: 'Quick start',
    use_dynamic_hls: false,
  });

  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const status = await get<Record<string, Stage>>(`${DEV}/uploads/status/${video_id}`);
        seen.push(status.transcoding_status?.percentage ?? 0);
        return [status.thumbnail_generation_status, status.transcoding_status, status.hls_generation_status].map(
          (stage) => stage?.status,
        );
      },
      { timeout: 90_000, interval: 200 },
    )
    .toEqual(['completed', 'completed', 'completed']);
  // Progress is true: it never goes back.
  expect(seen).toEqual([...seen].sort((a, b) => a - b));

  for (const [pipeline, done] of [
    ['analyse', 'done'],
    ['search-process', 'success'],
  ]) {
    expect(await post(`${DEV}/videos/${pipeline}/initiate`, { video_id })).toEqual({ video_id, status: 'enqueued' });
    await expect
      .poll(async () => (await get<Stage>(`${DEV}/videos/${pipeline}/status/${video_id}`)).status, {
        timeout: 90_000,
        interval: 200,
      })
      .toBe(done);
  }

  const hits = await post<{ rank: number; start: string; end: string; video_id: string }[]>(`${CHAT}/search`, {
    query: cars ? 'a car driving' : 'something red',
    video_ids: [video_id],
    top_k: 3,
  });
  expect(hits.map(({ rank }) => rank)).toEqual(hits.map((_, index) => index + 1));
  expect(hits[0]).toMatchObject({ video_id, start: expect.stringMatching(/^\d\d:\d\d:\d\d/) });
  const { answer } = await post<{ answer: string }>(`${CHAT}/chat/ask`, {
    question: cars ? 'When does a car appear?' : 'What happens in this video?',
    video_id,
  });
  expect(answer).toMatch(cars ? /car/ : /\w/);
});
