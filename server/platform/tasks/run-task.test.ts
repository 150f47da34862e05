import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getLimits, runTask } from './run-task.ts';

const GIB = 1024 ** 3;

let folder: string;
let large: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'run-task-'));
  large = path.join(folder, 'large.mp4');
  await writeFile(large, '');
  await truncate(large, 6 * GIB);
});
afterAll(() => rm(folder, { recursive: true }));

test('what a task may take goes by all the files that it reads', async () => {
  const rendition = { file: large, height: 720, width: 1280, bandwidth: 1 };
  const getTime = async (count: number) => {
    const renditions = Array.from({ length: count }, () => rendition);
    const content = { renditions, audioTracks: [], subtitleTracks: [], duration: 1, outputDir: folder };
    return (await getLimits(content, undefined)).timeoutMs;
  };
  const [base, one, two] = [await getTime(0), await getTime(1), await getTime(2)];
  expect(one).toBeGreaterThan(base);
  expect(two - base).toBe(2 * (one - base));
});

test('a limit of months does not end a task at once', async () => {
  const sentence = await runTask('checkCopy', { input: large }).catch(String);
  expect(sentence).not.toContain('too long');
}, 30_000);
