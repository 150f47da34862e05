import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { type Studio, startStudio } from '../studio.ts';

const OTHER_KEY = 'sk_another_tenant';
const THIRD_KEY = 'sk_a_third_tenant';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({
    env: {
      PLATFORM_API_KEYS: `ben:${OTHER_KEY},cleo:${THIRD_KEY}`,
      PLATFORM_MAX_OPEN_UPLOADS: '5',
      // 100 kB.
      PLATFORM_QUOTA_GB: '0.0001',
    },
  });
});
afterAll(() => studio.stop());

const client = (apiKey = studio.apiKey) => createClient({ baseUrl: studio.platformUrl, apiKey, retries: 0 });
const initiate = (apiKey?: string) => client(apiKey).uploads.initiateMultipart('a.mp4', 'video/mp4');

test('a key may have so many unfinished uploads, and more once some are aborted', async () => {
  const started = await Promise.all([1, 2, 3, 4, 5].map(() => initiate()));
  await expect(initiate()).rejects.toMatchObject({ statusCode: 409, message: expect.stringContaining('unfinished') });
  await initiate(OTHER_KEY);
  const [first] = started;
  await client().uploads.abortMultipart({
    s3ObjectName: first?.s3_object_name ?? '',
    uploadId: first?.upload_id ?? '',
  });
  await initiate();
});

test('a key may store so many bytes', async () => {
  const started = await initiate(OTHER_KEY);
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const put = async (part: number, bytes: number) => {
    const { url } = await client(OTHER_KEY).uploads.getPartUrl(ref, part);
    return (await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })).status;
  };
  expect(await put(1, 60_000)).toBe(200);
  expect(await put(2, 60_000)).toBe(507);
  expect(await put(2, 30_000)).toBe(200);
  await expect(
    client(OTHER_KEY).uploads.direct(new Blob([new Uint8Array(50_000)]), { name: 'Large' }),
  ).rejects.toMatchObject({ statusCode: 507, message: expect.stringContaining('quota') });
  const disk = await fetch(`${studio.platformUrl}/local/disk`, { headers: { 'x-api-key': OTHER_KEY } });
  expect(await disk.json()).toMatchObject({ uploads: 90_000, footage: 0 });
});

test('parts that arrive at once are counted together, and each has to say how long it is', async () => {
  const started = await initiate(THIRD_KEY);
  const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
  const urls = await Promise.all([1, 2, 3, 4].map((part) => client(THIRD_KEY).uploads.getPartUrl(ref, part)));
  const put = async (url: string, body: BodyInit) =>
    (await fetch(url, { method: 'PUT', body, ...{ duplex: 'half' } })).status;
  const statuses = await Promise.all(urls.map(({ url }) => put(url, new Uint8Array(40_000))));
  expect(statuses.toSorted()).toEqual([200, 200, 507, 507]);
  expect(await put(urls[0]?.url ?? '', new Blob([new Uint8Array(10)]).stream())).toBe(411);
});
