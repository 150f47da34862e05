import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { uploadFile } from '../../src/api/upload/upload-file.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;

const client = (apiKey = studio.apiKey) => createClient({ baseUrl: studio.platformUrl, apiKey, retries: 0 });

beforeAll(async () => {
  studio = await startStudio();
});

afterAll(() => studio.stop());

describe('bad requests get a clear error', () => {
  test('a wrong key is a 401 on every endpoint, and health needs none', async () => {
    await expect(client('wrong').videos.list()).rejects.toMatchObject({ name: 'AuthenticationError', statusCode: 401 });
    expect((await fetch(`${studio.platformUrl}/healthz`)).status).toBe(200);
  });

  test('a body that is not valid is a 422 with a list of what is wrong', async () => {
    const error = await client()
      .uploads.initiateMultipart('', 'video/mp4')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UnprocessableEntityError', statusCode: 422 });
    expect(error).toHaveProperty('responseBody.detail.0.loc', ['body', 'filename']);
    expect(error).toHaveProperty('message', 'filename must not be empty.');
  });

  test('a search without a scope is a 422', async () => {
    await expect(client().search.search('anything', {})).rejects.toMatchObject({ statusCode: 422 });
  });

  test('a video that does not exist is refused as one of another owner is', async () => {
    await expect(client().videos.get(randomUUID())).rejects.toMatchObject({ name: 'PermissionDeniedError' });
    await expect(client().chat.ask('Who?', { videoId: randomUUID() })).rejects.toMatchObject({ statusCode: 403 });
  });

  test('an unknown address is a 404 with a sentence', async () => {
    const response = await fetch(`${studio.platformUrl}/api/nothing`, { headers: { 'x-api-key': studio.apiKey } });
    expect([response.status, await response.json()]).toEqual([404, { message: 'There is nothing at this address.' }]);
  });

  test('parts with another ETag than the stored one cannot be joined', async () => {
    const started = await client().uploads.initiateMultipart('clip.mp4', 'video/mp4');
    const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
    const { url } = await client().uploads.getPartUrl(ref, 1);
    await fetch(url, { method: 'PUT', body: 'bytes' });
    const parts = [{ part_number: 1, etag: '"00000000000000000000000000000000"' }];
    await expect(client().uploads.completeMultipart(ref, parts)).rejects.toMatchObject({ statusCode: 400 });
    await client().uploads.abortMultipart(ref);
    await expect(client().uploads.listParts(ref)).rejects.toMatchObject({ statusCode: 404 });
    expect((await fetch(url, { method: 'PUT', body: 'late' })).status).toBe(404);
  });

  test('a signed URL is good for its own path and method only', async () => {
    const started = await client().uploads.initiateMultipart('clip.mp4', 'video/mp4');
    const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
    const { url } = await client().uploads.getPartUrl(ref, 1);
    expect((await fetch(url.replace('/1?', '/2?'), { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(url)).status).toBe(403);
    const forged = url.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`);
    expect((await fetch(forged, { method: 'PUT', body: 'x' })).status).toBe(403);
  });
});

describe('bad files end as failed, with a sentence', () => {
  const cases: [title: string, bytes: string, sentence: string][] = [
    ['a text file', 'Just words.\n'.repeat(2000), 'This file is not a video that can be read.'],
    [
      'an HLS playlist',
      '#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
      'This file is not a video that can be read.',
    ],
    ['a concat script', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'This file is not a video that can be read.'],
  ];
  test.each(cases)('%s', async (title, bytes, sentence) => {
    const upload = uploadAndWaitBlob(new Blob([bytes]), title);
    await expect(upload).rejects.toThrow(sentence);
  });

  async function uploadAndWaitBlob(blob: Blob, name: string) {
    const { video_id } = await uploadFile(client().uploads, blob, { name, filename: 'clip.mp4' });
    await expect
      .poll(async () => (await client().uploads.getStatus(video_id)).transcoding_status?.status, { timeout: 30_000 })
      .toBe('failed');
    throw new Error((await client().uploads.getStatus(video_id)).error_message ?? 'no sentence');
  }
});

describe('pipelines and questions have preconditions', () => {
  test('409 before transcoding and before the pipelines have run', async () => {
    const videoId = await uploadAndWait(client(), await timecodeClip(4), 'Short');
    await expect(client().chat.ask('What is this?', { videoId })).rejects.toMatchObject({
      name: 'ConflictError',
      statusCode: 409,
    });
    await expect(client().search.search('red', { videoIds: [videoId] })).rejects.toMatchObject({ statusCode: 409 });
  });
});
