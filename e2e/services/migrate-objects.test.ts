import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Client, createClient } from '../../src/api/client.ts';
import { waitUntilUploaded } from '../../src/api/workflows/wait-until-ready.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { startStudio } from '../studio.ts';
import { createBucket, s3Environment } from './test-bucket.ts';
import { createTestDatabase } from './test-database.ts';

/** Where browsers cannot reach the bucket, parts pass through the platform. */
async function uploadThroughPlatform(client: Client, platformUrl: string): Promise<void> {
  const started = await client.uploads.initiateMultipart('clip.mp4', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const { url } = await client.uploads.getPartUrl(ref, 1);
  expect(url.startsWith(platformUrl)).toBe(true);
  const put = await fetch(url, { method: 'PUT', body: new Uint8Array(await readFile(await timecodeClip(4))) });
  const parts = [{ part_number: 1, etag: put.headers.get('etag') ?? '' }];
  expect(await client.uploads.listParts(ref)).toEqual(parts);
  await client.uploads.completeMultipart(ref, parts);
  await client.uploads.preprocess({ s3ObjectName: ref.s3ObjectName, videoId: started.video_id, name: 'Through' });
  await waitUntilUploaded(client, started.video_id, { intervalMs: 200 });
}

test('objects move to a bucket and back, and a studio serves them from either', async () => {
  const [bucket, database] = await Promise.all([createBucket(), createTestDatabase()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'migrate-'));
  const [dataDir, other] = [path.join(folder, 'data'), path.join(folder, 'other')];
  const s3 = { ...s3Environment, S3_BUCKET: bucket.bucket };
  const migrate = (direction: string, folderOfObjects: string) => {
    const { stdout, stderr, status } = spawnSync('npm', ['run', '--silent', 'migrate:objects', '--', direction], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...s3, DATA_DIR: folderOfObjects },
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    return stdout;
  };
  const env = { DATABASE_URL: database.url };

  const first = await startStudio({ dataDir, env });
  const connect = ({ platformUrl, apiKey }: typeof first) => createClient({ baseUrl: platformUrl, apiKey });
  const videoId = await uploadAndWait(connect(first), await timecodeClip(8), 'Moved');
  await processAndWait(connect(first), videoId);
  const { apiKey } = first;
  await first.stop();

  expect(migrate('to-bucket', dataDir)).toMatch(/^\d+ objects copied, 0 were there already/);
  expect(migrate('to-bucket', dataDir)).toMatch(/^0 objects copied, \d+ were there already/);

  const readPoster = async (studio: typeof first) => {
    const { thumbnail_path } = await connect(studio).videos.get(videoId);
    const answer = await fetch(thumbnail_path ?? '');
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const second = await startStudio({
    dataDir: path.join(folder, 'second'),
    env: { ...env, ...s3, MIKSHI_API_KEY: apiKey, S3_PROXY_UPLOADS: 'true' },
  });
  const poster = await readPoster(second);
  await uploadThroughPlatform(connect(second), second.platformUrl);
  await second.stop();

  migrate('to-disk', other);
  const third = await startStudio({ dataDir: other, env: { ...env, MIKSHI_API_KEY: apiKey } });
  expect((await readPoster(third)).equals(poster)).toBe(true);
  await third.stop();
  const identity = '.store.json';
  expect(await readFile(path.join(other, 'objects', identity), 'utf8')).toBe(
    await readFile(path.join(dataDir, 'objects', identity), 'utf8'),
  );
  await database.drop();
  await rm(folder, { recursive: true });
});
