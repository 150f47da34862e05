import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });
const isBack = () =>
  client()
    .videos.list()
    .then(
      () => true,
      () => false,
    );

test('a platform that is killed comes back at the same address and goes on with its work', async () => {
  const videoId = await uploadAndWait(client(), await timecodeClip(8), 'Kept');
  await client().videos.initiateAnalyse(videoId);
  const [platform, gateway] = studio.pids();
  process.kill(platform ?? 0, 'SIGKILL');
  await expect.poll(isBack, { timeout: 30_000 }).toBe(true);
  expect(studio.pids()[0]).not.toBe(platform);
  expect(studio.pids()[1]).toBe(gateway);
  await processAndWait(client(), videoId);
  expect((await fetch(`${studio.url}/api/backend/v1/developer/videos/list`)).status).toBe(200);
});

test('a gateway that is killed comes back at the same address', async () => {
  process.kill(studio.pids()[1] ?? 0, 'SIGKILL');
  const answers = () =>
    fetch(`${studio.url}/studio/config`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(answers, { timeout: 30_000 }).toBe(200);
});

test('a program that crashes three times within a minute is not started again, and the reason is told', async () => {
  let reason: string | null = null;
  void studio.failed.then((told) => {
    reason = told;
  });
  for (let crash = 0; crash < 3 && reason === null; crash += 1) {
    await expect.poll(isBack, { timeout: 30_000 }).toBe(true);
    process.kill(studio.pids()[0] ?? 0, 'SIGKILL');
    await expect.poll(isBack, { timeout: 5_000, interval: 10 }).toBe(false);
  }
  await expect.poll(() => reason, { timeout: 10_000 }).toMatch(/^The platform ended unexpectedly \(SIGKILL\)\./);
});
