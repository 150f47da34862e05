import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { timecodeClip } from '../clips/make-clip.ts';
import { crashAt, findInconsistencies, type Outcome } from '../faults/crash-at.ts';
import { PlatformProcess } from '../faults/platform-process.ts';

/** A sample; `npm run soak:faults` crashes after every change. */
const SAMPLE = [3, 15, 27, 39, 51, 63];

test('nothing acknowledged is lost when the platform dies between two changes of a video’s life', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-crash-'));
  const clip = await readFile(await timecodeClip(4));
  let platform = await PlatformProcess.start(dataDir);
  const outcomes: ({ n: number } & Outcome)[] = [];
  for (const [index, n] of SAMPLE.entries()) {
    const { platform: next, ...outcome } = await crashAt(platform, dataDir, n, {
      clip,
      isDoubled: index % 2 === 1,
      isShort: true,
    });
    platform = next;
    outcomes.push({ n, ...outcome });
  }
  const last = platform;
  await expect.poll(() => last.countUnfinishedStages(), { timeout: 60_000 }).toBe(0);
  await platform.stop();
  expect(outcomes.filter(({ losses }) => losses.length > 0)).toEqual([]);
  expect(outcomes.every(({ hasCrashed }) => hasCrashed)).toBe(true);
  expect(await findInconsistencies(dataDir)).toEqual([]);
  await rm(dataDir, { recursive: true });
}, 240_000);
