import { expect, test } from 'vitest';
import { createClient } from '../client.ts';
import { inParallel } from '../concurrency.ts';
import { bulkUpload } from './collections.ts';
import { playbackUrl } from './playback.ts';
import { listAllVideos } from './videos.ts';
import { waitForPipelines, waitUntilUploaded } from './wait-until-ready.ts';

type Answer = (path: string, init: RequestInit | undefined) => Response | Promise<Response>;

const answering = (answer: Answer) =>
  createClient({ fetch: async (input, init) => answer(String(input).replace(/.*developer/, ''), init) });

const task = { status: 'completed' };
const uploaded = { thumbnail_generation_status: task, transcoding_status: task, hls_generation_status: task };

test('a wait survives requests that fail for a while', async () => {
  const failures = [502, 429, 503];
  const client = answering(() => {
    const status = failures.shift();
    return status
      ? new Response(null, { status, headers: { 'retry-after': '0' } })
      : Response.json({ video_id: 'v', ...uploaded });
  });
  await waitUntilUploaded(client, 'v', { intervalMs: 1 });
  expect(failures).toEqual([]);
});

test('a wait ends with what will not pass, and after so many failures in a row', async () => {
  let requests = 0;
  const away = (status: number) =>
    answering(() => {
      requests += 1;
      return new Response(null, { status });
    });
  await expect(waitForPipelines(away(404), 'v')).rejects.toMatchObject({ name: 'NotFoundError' });
  requests = 0;
  await expect(waitUntilUploaded(away(502), 'v', { attempts: 2 })).rejects.toMatchObject({ statusCode: 502 });
  expect(requests).toBe(2);
});

const collection = { collection_id: 'c', name: 'A folder', created_at: '2026-01-01T00:00:00Z' };
const named = (name: string) => Object.assign(new Blob([name]), { name });
const FILES = ['bad.mp4', 'slow.mp4', 'later.mp4'].map(named);

/** A platform that refuses `refused.mp4`, and `bad.mp4` once `slow.mp4` is being sent; it never ends taking `slow.mp4`, and takes all others; notes what it is asked. */
function platform() {
  const asked: string[] = [];
  const answer: Answer = async (path, init) => {
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
    asked.push(`${path} ${body.filename ?? body.upload_id ?? body.video_id ?? ''}`.trim());
    if (path === '/collections/create') return Response.json(collection);
    if (path === '/uploads/multipart/initiate') {
      // Not before the other file is being sent.
      if (body.filename === 'bad.mp4') await expect.poll(() => asked.join()).toContain('part-url slow.mp4');
      if (body.filename === 'bad.mp4' || body.filename === 'refused.mp4') return new Response(null, { status: 422 });
      return Response.json({ upload_id: body.filename, s3_object_name: 'o', video_id: body.filename });
    }
    if (path === '/uploads/multipart/part-url' && body.upload_id === 'slow.mp4')
      return new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    if (path === '/uploads/multipart/part-url') return Response.json({ url: 'https://store/part', part_number: 1 });
    if (init?.method === 'PUT') return new Response(null, { headers: { etag: 'e' } });
    if (path === '/uploads/multipart/complete')
      return Response.json({ upload_id: 'u', s3_object_name: 'o', etag: 'e' });
    if (path.startsWith('/uploads/status')) return Response.json({ video_id: 'v', ...uploaded });
    if (path.includes('/status/')) return Response.json({ video_id: 'v', status: 'done' });
    return Response.json({ video_id: body.video_id ?? 'v', status: 'enqueued' });
  };
  return { client: answering(answer), asked };
}

test('a bulk upload that fails stops what it has started, drops its parts, and begins nothing more', async () => {
  const { client, asked } = platform();
  await expect(bulkUpload(client, FILES, 'A folder')).rejects.toMatchObject({ name: 'UnprocessableEntityError' });
  expect(asked).toContain('/uploads/multipart/abort slow.mp4');
  expect(asked.join()).not.toContain('later.mp4');
});

test('a bulk upload can report what became of each file instead', async () => {
  const { client } = platform();
  const added: string[] = [];
  const files = [named('refused.mp4'), named('one.mp4')];
  const { collection, results } = await bulkUpload(client, files, 'A folder', {
    reportFailures: true,
    intervalMs: 1,
    onAdded: (filename) => added.push(filename),
  });
  expect(collection.collection_id).toBe('c');
  expect(results).toMatchObject([
    { status: 'failed', filename: 'refused.mp4', videoId: null, error: { name: 'UnprocessableEntityError' } },
    { status: 'added', filename: 'one.mp4', videoId: 'one.mp4' },
  ]);
  expect(added).toEqual(['one.mp4']);
});

test('inParallel begins nothing more after a failure, and ends when the rest has', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = inParallel([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(item);
  });
  await expect(work).rejects.toThrow('one');
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});

/** A platform with `count` videos; notes the pages that are requested. */
function platformWith(count: number) {
  const requested: number[] = [];
  const client = createClient({
    fetch: async (input) => {
      const { searchParams } = new URL(String(input), 'http://studio');
      const [skip, limit] = [Number(searchParams.get('skip')), Number(searchParams.get('limit'))];
      requested.push(skip);
      const length = Math.max(0, Math.min(limit, count - skip));
      return Response.json(Array.from({ length }, (_, index) => ({ video_id: `${skip + index}`, name: 'Clip' })));
    },
  });
  return { client, requested };
}

test('a short list is one request', async () => {
  const { client, requested } = platformWith(3);
  expect(await listAllVideos(client)).toHaveLength(3);
  expect(requested).toEqual([0]);
});

test('lists ten thousand videos and more, each once', async () => {
  const { client, requested } = platformWith(10_750);
  const videos = await listAllVideos(client);
  expect(new Set(videos.map(({ video_id }) => video_id)).size).toBe(10_750);
  expect(videos).toHaveLength(10_750);
  expect(requested.length).toBeLessThan(28);
});

const PAGE = 'http://127.0.0.1:8080';

test('URLs on a remote platform are fetched through this origin, others stay', () => {
  const remote = 'https://api.example.com';
  expect(playbackUrl(`${remote}/hls/1/master.m3u8?v=2`, remote, PAGE)).toBe(`${PAGE}/hls/1/master.m3u8?v=2`);
  expect(playbackUrl('https://cdn.example.com/a.m3u8', remote, PAGE)).toBe('https://cdn.example.com/a.m3u8');
  expect(playbackUrl(`${remote}/dev/hls/1.m3u8`, `${remote}/dev`, PAGE)).toBe(`${PAGE}/hls/1.m3u8`);
  expect(playbackUrl(`${PAGE}/hls/1.m3u8`, null, PAGE)).toBe(`${PAGE}/hls/1.m3u8`);
});
