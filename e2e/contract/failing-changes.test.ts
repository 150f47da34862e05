import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { timecodeClip } from '../clips/make-clip.ts';
import { failAt, findInconsistencies, type Outcome } from '../faults/crash-at.ts';
import { PlatformProcess } from '../faults/platform-process.ts';

/** Changes that report an error although they were made. */
const FAILING_SAMPLE = [5, 13, 18, 22, 26, 34, 45, 60];

test('nothing acknowledged is lost when a change reports an error although it was made', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-errors-'));
  const clip = await readFile(await timecodeClip(4));
  const platform = await PlatformProcess.start(dataDir);
  const outcomes: ({ n: number } & Outcome)[] = [];
  for (const n of FAILING_SAMPLE)
    outcomes.push({ n, ...(await failAt(platform, dataDir, n, { clip, isDoubled: false, isShort: true })) });
  await expect.poll(() => platform.countUnfinishedStages(), { timeout: 60_000 }).toBe(0);
  await platform.stop();
  expect(outcomes.filter(({ losses }) => losses.length > 0)).toEqual([]);
  expect(await findInconsistencies(dataDir)).toEqual([]);
  await rm(dataDir, { recursive: true });
}, 240_000);
