import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { copyFile, mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { uploadPath, videoFilesIn } from '../../src/api/node/files.ts';
import { sendPartFromNode } from '../../src/api/node/send-part.ts';
import { isDone } from '../../src/api/status.ts';
import { UploadControl } from '../../src/api/upload/upload-control.ts';
import type { UploadSession } from '../../src/api/upload/upload-session.ts';
import { bulkUpload, getOrCreateCollection } from '../../src/api/workflows/collections.ts';
import { Conversation } from '../../src/api/workflows/conversation.ts';
import { hitToPlayable, playableHit, pointsByVideo } from '../../src/api/workflows/playback.ts';
import { backfillPipelines } from '../../src/api/workflows/videos.ts';
import { waitForPipelines, waitUntilReady, waitUntilUploaded } from '../../src/api/workflows/wait-until-ready.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

const SOON = { intervalMs: 200 };
const PART = 8 * 1024;

let studio: Studio;
let videoId: string;

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });
const clip = () => timecodeClip(8);
const clipBlob = async () => openAsBlob(await clip());

beforeAll(async () => {
  studio = await startStudio();
  const job = await uploadPath(client(), await clip(), { name: 'First' });
  videoId = job.video_id;
  await waitUntilReady(client(), videoId, SOON);
});

afterAll(() => studio.stop());

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('uploads', () => {
  test('direct: one request, then the usual stages', async () => {
    const { video_id } = await client().uploads.direct(await clipBlob(), { name: 'Direct', useDynamicHls: true });
    await waitUntilUploaded(client(), video_id, SOON);
    const details = await client().videos.get(video_id);
    expect(details).toMatchObject({ name: 'Direct', transcoding_status: 'completed', status: 'uploaded' });
  });

  test('direct refuses more than 100 MB, and what is no form', async () => {
    const large = new Blob([new Uint8Array(101 * 1024 * 1024)]);
    await expect(client().uploads.direct(large, { name: 'Large' })).rejects.toMatchObject({
      name: 'PayloadTooLargeError',
      statusCode: 413,
    });
    await expect(client().uploads.direct(new Blob(['x']), { name: '' })).rejects.toMatchObject({ statusCode: 422 });
  });

  test('importYoutube: refusals carry their code', async () => {
    const { uploads } = client();
    await expect(uploads.importYoutube('https://www.youtube.com/watch?v=dQw4w9WgXcQ')).rejects.toMatchObject({
      name: 'YouTubeImportError',
      code: 'YOUTUBE_IMPORT_UNAVAILABLE',
      statusCode: 400,
    });
    await expect(uploads.importYoutube('https://127.0.0.1/internal')).rejects.toMatchObject({
      code: 'YOUTUBE_INVALID_URL',
    });
  });

  test('uploadFile: pause sends nothing, resume goes on, progress ends at the size', async () => {
    const control = new UploadControl();
    const file = await clipBlob();
    const progress: number[] = [];
    let whilePaused = 0;
    const job = client().uploads.uploadFile(file, {
      name: 'Paused',
      filename: 'paused.mp4',
      partSize: PART,
      parallel: 1,
      sendPart: sendPartFromNode,
      control,
      onProgress: (sent) => {
        progress.push(sent);
        if (sent >= PART && progress.length < 4 && !control.paused) {
          control.pause();
          whilePaused = progress.length;
          setTimeout(() => control.resume(), 200);
        }
      },
    });
    await job;
    expect(whilePaused).toBeGreaterThan(0);
    expect(progress.at(-1)).toBe(file.size);
  });

  test('uploadFile: a session resumes with only the parts that are missing, and knows another file', async () => {
    const file = await clipBlob();
    let session: UploadSession | undefined;
    const sent: string[] = [];
    const failing = client().uploads.uploadFile(file, {
      name: 'Resumed',
      filename: 'resumed.mp4',
      partSize: PART,
      parallel: 1,
      attempts: 1,
      onSession: (kept) => {
        session = kept;
      },
      sendPart: async (url, part, options) => {
        if (sent.length === 2) throw new TypeError('the tab was closed');
        sent.push(url);
        return sendPartFromNode(url, part, options);
      },
    });
    await expect(failing).rejects.toThrow('the tab was closed');
    const again: string[] = [];
    const options = { name: 'Resumed', filename: 'resumed.mp4', session, onSession: () => undefined };
    await expect(client().uploads.uploadFile(new Blob(['another file']), options)).rejects.toMatchObject({
      name: 'DifferentFileError',
    });
    const job = await client().uploads.uploadFile(file, {
      ...options,
      sendPart: async (url, part, rest) => {
        again.push(url);
        return sendPartFromNode(url, part, rest);
      },
    });
    expect(job.video_id).toBe(session?.videoId);
    expect(again).toHaveLength(Math.ceil(file.size / PART) - 2);
    await waitUntilUploaded(client(), job.video_id, SOON);
  });

  test('the Node sender streams with a declared length and reports bytes on the way', async () => {
    const { size } = await stat(await clip());
    const seen: number[] = [];
    await uploadPath(client(), await clip(), { name: 'Streamed', onProgress: (sent) => seen.push(sent) });
    expect(seen.some((sent) => sent > 0 && sent < size) || size < 65_536).toBe(true);
    expect(seen.at(-1)).toBe(size);
  });
});

describe('videos', () => {
  test('list filters, sorts, skips and limits; iterate walks them all', async () => {
    const { videos } = client();
    const everything = await videos.list({ limit: 500 });
    expect(everything.length).toBeGreaterThan(2);
    expect((await videos.list({ status: 'processed' })).map((video) => video.video_id)).toEqual([videoId]);
    expect(await videos.list({ endTime: new Date(0) })).toEqual([]);
    const names = (await videos.list({ sortBy: 'name', sortOrder: 'asc' })).map((video) => video.name);
    expect(names).toEqual([...names].sort());
    const durations = (await videos.list({ sortBy: 'duration', sortOrder: 'desc' })).map(
      ({ duration }) => duration ?? -1,
    );
    expect(durations).toEqual([...durations].sort((a, b) => b - a));
    expect(await videos.list({ skip: 1, limit: 1 })).toMatchObject([{ video_id: everything[1]?.video_id }]);
    expect((await all(videos.iterate({ limit: 2 }))).map((video) => video.video_id)).toEqual(
      everything.map((video) => video.video_id),
    );
    await expect(videos.list({ limit: 0 })).rejects.toMatchObject({ statusCode: 422 });
  });

  test('get adds metadata; details say "done" of both pipelines, their status endpoints "done" and "success"', async () => {
    const details = await client().videos.get(videoId);
    expect(details).toMatchObject({ analyse_status: 'done', search_process_status: 'done', status: 'processed' });
    expect((await client().videos.getAnalyseStatus(videoId)).status).toBe('done');
    expect((await client().videos.getSearchProcessStatus(videoId)).status).toBe('success');
    expect(details.video_metadata).toMatchObject({ duration: 8, video: { codec: 'h264', width: 640, height: 360 } });
    expect(isDone(details.analyse_status) && isDone(details.search_process_status)).toBe(true);
  });

  test('letters of ids are of either case', async () => {
    const upper = videoId.toUpperCase();
    expect(await client().uploads.getStatus(upper)).toEqual(await client().uploads.getStatus(videoId));
    expect(await client().videos.get(upper)).toMatchObject({ video_id: videoId, analyse_status: 'done' });
    expect((await client().chat.ask('What happens?', { videoId: upper })).citations?.length).toBeGreaterThan(0);
  });

  test('backfill starts what is missing, and nothing else', async () => {
    const missing = (await client().videos.list({ limit: 500 })).filter((video) => video.status !== 'processed');
    for (const video of missing) await waitUntilUploaded(client(), video.video_id, SOON);
    const started = await backfillPipelines(client());
    expect(started.sort()).toEqual(missing.map((video) => video.video_id).sort());
    for (const id of started) await waitForPipelines(client(), id, SOON);
    expect(await backfillPipelines(client())).toEqual([]);
  });

  test('a deleted video is gone, and the same delete again answers the same', async () => {
    const { video_id } = await uploadPath(client(), await clip(), { name: 'Deleted' });
    await client().videos.delete(video_id);
    await expect(client().videos.get(video_id)).rejects.toMatchObject({ statusCode: 404 });
    await client().videos.delete(video_id);
    await expect(client().videos.delete(randomUUID())).rejects.toMatchObject({ statusCode: 403 });
  });
});

describe('collections', () => {
  test('create, update, list, fill, empty, delete', async () => {
    const { collections } = client();
    const made = await collections.create('Warehouse', 'April');
    expect(made).toMatchObject({ name: 'Warehouse', description: 'April', video_count: 0, parent_type: 'user' });
    await expect(collections.create('Warehouse')).rejects.toMatchObject({ name: 'ConflictError', statusCode: 409 });
    await expect(collections.update(made.collection_id, {})).rejects.toMatchObject({ name: 'BadRequestError' });
    expect(await collections.update(made.collection_id, { name: 'Depot' })).toMatchObject({
      name: 'Depot',
      description: 'April',
    });

    await collections.addVideo(made.collection_id, videoId);
    await expect(collections.addVideo(made.collection_id, videoId)).rejects.toMatchObject({ statusCode: 409 });
    const fresh = await uploadPath(client(), await clip(), { name: 'Not ready' });
    await expect(collections.addVideo(made.collection_id, fresh.video_id)).rejects.toMatchObject({ statusCode: 400 });

    const page = await collections.listVideos(made.collection_id);
    expect(page).toMatchObject({ page: 1, page_size: 10, total: 1, data: [{ video_id: videoId }] });
    expect(
      await client().videos.list({ notInCollection: made.collection_id, status: 'processed', limit: 500 }),
    ).not.toContainEqual(expect.objectContaining({ video_id: videoId }));
    const [listed] = (await collections.list()).data;
    expect(listed).toMatchObject({ collection_id: made.collection_id, video_count: 1 });
    expect(listed?.total_duration).toBeGreaterThan(1);
    expect(Date.parse(listed?.changed_at ?? '')).toBeGreaterThanOrEqual(Date.parse(listed?.created_at ?? ''));
    expect((await fetch(listed?.thumbnails?.[0] ?? '')).headers.get('content-type')).toBe('image/jpeg');

    await collections.removeVideo(made.collection_id, videoId);
    await expect(collections.removeVideo(made.collection_id, videoId)).rejects.toMatchObject({ statusCode: 404 });
    await collections.delete(made.collection_id);
    expect((await client().videos.get(videoId)).video_id).toBe(videoId);
    await expect(collections.listVideos(made.collection_id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test('get-or-create finds what is there, and every page is walked', async () => {
    for (const name of ['One', 'Two', 'Three']) await getOrCreateCollection(client(), name);
    // Names are kept without spaces around them.
    const again = await getOrCreateCollection(client(), ' Two ');
    const names = (await all(client().collections.iterate(2))).map((collection) => collection.name);
    expect(names).toEqual(['Three', 'Two', 'One']);
    expect(again.name).toBe('Two');
  });

  test('a folder becomes a collection', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'folder-'));
    for (const name of ['north.mp4', 'south.mp4']) await copyFile(await clip(), path.join(folder, name));
    await writeFile(path.join(folder, 'notes.txt'), 'not a video');
    const files = await videoFilesIn(folder);
    const added: string[] = [];
    const collection = await bulkUpload(client(), files, 'A folder', {
      ...SOON,
      onAdded: (name) => added.push(name),
    });
    expect(added.sort()).toEqual(['north.mp4', 'south.mp4']);
    const videos = await all(
      client().collections.iterateVideos(collection.collection_id, { pageSize: 1, sortBy: 'name', sortOrder: 'asc' }),
    );
    expect(videos.map((video) => video.name)).toEqual(['north', 'south']);
    expect((await client().search.search('red', { collectionId: collection.collection_id })).length).toBeGreaterThan(1);
    const map = await client().search.visualize({ collectionId: collection.collection_id, videoIds: [videoId] });
    expect([...pointsByVideo(map).keys()].sort()).toEqual([...videos.map((video) => video.video_id), videoId].sort());
  });
});

describe('search, map, chat, embeddings', () => {
  test('hits are ranked, carry links, and play', async () => {
    const hits = await client().search.search('something red', { videoIds: [videoId], topK: 2 });
    expect(hits.map((hit) => hit.rank)).toEqual([1, 2]);
    expect(hits[0]?.start).toMatch(/^\d\d:\d\d:\d\d$/);
    const playable = playableHit(hits[0] ?? (await Promise.reject(new Error('no hit'))));
    expect(playable).toBe(await hitToPlayable(client(), videoId, hits[0]?.start ?? ''));
  });

  test('a map of one segment is refused', async () => {
    const { video_id } = await uploadPath(client(), await timecodeClip(4), { name: 'One segment' });
    await waitUntilReady(client(), video_id, SOON);
    await expect(client().search.visualize({ videoIds: [video_id] })).rejects.toMatchObject({
      name: 'BadRequestError',
    });
  });

  test('a conversation keeps its history, in one piece and streamed', async () => {
    const chat = new Conversation(client(), { videoId, topK: 3 });
    const { answer } = await chat.ask('What happens?');
    const events = await all(chat.askStream('How many people are there?'));
    expect(events.at(-1)?.type).toBe('done');
    expect(chat.history.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(chat.history[1]?.content).toBe(answer);
  });

  test('vectors have 1024 numbers and length 1, and a text lies in their space', async () => {
    const { id, status, data } = await client().embeddings.video(videoId);
    expect([id, status, data.length]).toEqual([videoId, 'ready', 2]);
    for (const segment of data) {
      expect(segment).toMatchObject({ embedding_option: 'visual', embedding_scope: 'clip' });
      expect(Math.hypot(...segment.embedding)).toBeCloseTo(1, 3);
    }
    const [text] = (await client().embeddings.text('something red')).data;
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
    const best = Math.max(...data.map((segment) => dot(segment.embedding, text?.embedding ?? [])));
    const [hit] = await client().search.search('something red', { videoIds: [videoId], topK: 1 });
    expect(best).toBeCloseTo(hit?.score ?? 0, 3);
    await expect(client().embeddings.text('')).rejects.toMatchObject({ statusCode: 422 });
    await expect(client().embeddings.text('x'.repeat(4097))).rejects.toMatchObject({ statusCode: 422 });
  });
});
