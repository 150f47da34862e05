import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { derivedStatus } from '../../src/api/status.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';
import { InterruptibleProxy } from './interruptible-proxy.ts';
import { createTestDatabase } from './test-database.ts';

const OUTAGE_MS = 30_000;

let studio: Studio;
let proxy: InterruptibleProxy;
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  proxy = new InterruptibleProxy({ host: url.hostname, port: Number(url.port) });
  await proxy.open();
  url.port = String(proxy.port);
  studio = await startStudio({ env: { DATABASE_URL: url.href } });
});
afterAll(async () => {
  await studio?.stop();
  await proxy?.interrupt();
  await database?.drop();
});

test('the database goes away for 30 s under load: 503 meanwhile, nothing acknowledged lost, work resumes', async () => {
  const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });
  const searchable = await uploadAndWait(client, await timecodeClip(8), 'Searchable');
  await processAndWait(client, searchable);
  const [platform] = studio.pids();
  // Under load: one video is being transcoded, another uploaded, searches are made all the while.
  const { video_id: processing } = await uploadPath(client, await timecodeClip(16), { name: 'Processing' });
  const started = await client.uploads.initiateMultipart('half.mp4', 'video/mp4');
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const { url } = await client.uploads.getPartUrl(ref, 1);
  const etag = (await fetch(url, { method: 'PUT', body: 'first part' })).headers.get('etag');
  expect(etag).not.toBeNull();

  const answers: { status: number; retryAfter: string | null }[] = [];
  const load = new AbortController();
  const searches = (async () => {
    while (!load.signal.aborted) {
      const response = await fetch(`${studio.platformUrl}/api/chat/v1/developer/search`, {
        method: 'POST',
        headers: { 'x-api-key': studio.apiKey, 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'something red', video_ids: [searchable] }),
      });
      answers.push({ status: response.status, retryAfter: response.headers.get('retry-after') });
      await pause(200);
    }
  })();
  await pause(1_000);
  await proxy.interrupt();
  await pause(OUTAGE_MS);
  const during = answers.slice(6, -1);
  expect(new Set(during.map(({ status }) => status))).toEqual(new Set([503]));
  expect(during.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
  await proxy.open();

  await expect.poll(() => answers.at(-1)?.status, { timeout: 30_000 }).toBe(200);
  load.abort();
  await searches;
  expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
  expect(await client.uploads.listParts(ref)).toEqual([{ part_number: 1, etag }]);
  await expect
    .poll(async () => derivedStatus(await client.uploads.getStatus(processing)), { timeout: 90_000 })
    .toBe('completed');
  // The same process all along.
  expect(studio.pids()[0]).toBe(platform);
});
