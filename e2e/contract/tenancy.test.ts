import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

const OTHER_KEY = 'sk_another_tenant';

let studio: Studio;
let videoId: string;

const client = (apiKey = studio.apiKey) => createClient({ baseUrl: studio.platformUrl, apiKey, retries: 0 });

async function credits(apiKey = studio.apiKey): Promise<unknown> {
  return (await fetch(`${studio.platformUrl}/local/credits`, { headers: { 'x-api-key': apiKey } })).json();
}

beforeAll(async () => {
  studio = await startStudio({ env: { PLATFORM_API_KEYS: `${OTHER_KEY},sk_a_third`, PLATFORM_RATE_LIMIT: '2000' } });
  videoId = (await processedClip(client())).video_id;
});

afterAll(() => studio.stop());

describe('a second key', () => {
  test('sees nothing of the first', async () => {
    const other = client(OTHER_KEY);
    const denied = { name: 'PermissionDeniedError', statusCode: 403 };
    const { collection_id } = await client().collections.create('Mine');
    expect(await other.videos.list()).toEqual([]);
    expect((await other.collections.list()).total).toBe(0);
    await expect(other.videos.get(videoId)).rejects.toMatchObject(denied);
    await expect(other.videos.delete(videoId)).rejects.toMatchObject(denied);
    await expect(other.videos.initiateAnalyse(videoId)).rejects.toMatchObject(denied);
    await expect(other.uploads.getStatus(videoId)).rejects.toMatchObject(denied);
    await expect(other.search.search('red', { videoIds: [videoId] })).rejects.toMatchObject(denied);
    await expect(other.search.visualize({ videoIds: [videoId] })).rejects.toMatchObject(denied);
    await expect(other.chat.ask('Who?', { videoId })).rejects.toMatchObject(denied);
    await expect(other.embeddings.video(videoId)).rejects.toMatchObject(denied);
    await expect(other.collections.listVideos(collection_id)).rejects.toMatchObject(denied);
    const manifest = (await client().videos.get(videoId)).hls_playlist_path ?? '';
    expect((await fetch(manifest, { headers: { 'x-api-key': OTHER_KEY } })).status).toBe(403);
    expect(await credits(OTHER_KEY)).toEqual({ used: 0, by_kind: {} });
  });

  test('neither finds, sees, restores nor purges what the first has deleted', async () => {
    const send = async (method: string, address: string, key: string) => {
      const response = await fetch(`${studio.platformUrl}${address}`, { method, headers: { 'x-api-key': key } });
      return { status: response.status, body: await response.json() };
    };
    expect(await client(OTHER_KEY).search.search('red', { allVideos: true })).toEqual([]);
    await client().videos.delete(videoId);
    expect((await send('GET', '/local/trash', OTHER_KEY)).body).toEqual({ videos: [] });
    expect((await send('POST', `/local/videos/${videoId}/restore`, OTHER_KEY)).status).toBe(403);
    expect((await send('DELETE', '/local/trash', OTHER_KEY)).body).toEqual({ deleted: 0 });
    expect((await send('POST', `/local/videos/${videoId}/restore`, studio.apiKey)).status).toBe(200);
    expect(await client().videos.get(videoId)).toMatchObject({ status: 'processed' });
  });

  test('with the Idempotency-Key of the first makes things of its own', async () => {
    const idempotencyKey = 'the-same-key';
    const [first, second] = await Promise.all(
      [studio.apiKey, OTHER_KEY].map((key) =>
        client(key).uploads.initiateMultipart('a.mp4', 'video/mp4', { idempotencyKey }),
      ),
    );
    expect(first?.upload_id).not.toBe(second?.upload_id);
  });

  test('may use the names that the first has taken', async () => {
    expect((await client(OTHER_KEY).collections.create('Mine')).name).toBe('Mine');
  });
});

describe('credits', () => {
  test('storage, search, chat and embeddings cost what the SDK says; the map and refusals are free', async () => {
    expect(await credits()).toEqual({ used: 1, by_kind: { storage: 1 } });
    await client().search.search('red', { videoIds: [videoId] });
    await client().chat.ask('What happens?', { videoId });
    await client().embeddings.video(videoId);
    await client().embeddings.text('red');
    await client().search.visualize({ videoIds: [videoId] });
    await expect(client().search.search('red', {})).rejects.toMatchObject({ statusCode: 422 });
    const fresh = await uploadAndWait(client(), await timecodeClip(4), 'Fresh');
    await expect(client().embeddings.video(fresh)).rejects.toMatchObject({ statusCode: 409 });
    expect(await credits()).toEqual({ used: 6, by_kind: { storage: 2, search: 1, chat: 1, embeddings: 2 } });
  });
});

test('a key that asks too often gets a 429 that says when to come back, and only that key', async () => {
  const busy = client('sk_a_third');
  const answers = await Promise.allSettled(Array.from({ length: 2100 }, () => busy.videos.list()));
  const refused = answers.find((answer) => answer.status === 'rejected');
  expect(refused?.reason).toMatchObject({ name: 'RateLimitError', statusCode: 429 });
  expect(refused?.reason.retryAfter).toBeGreaterThan(0);
  expect(refused?.reason.retryAfter).toBeLessThanOrEqual(60);
  expect(await client(OTHER_KEY).videos.list()).toEqual([]);
});
