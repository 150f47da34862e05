import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { countChanges, crashAt, failAt, findInconsistencies, type Outcome } from '../e2e/faults/crash-at.ts';
import { PlatformProcess } from '../e2e/faults/platform-process.ts';

/**
 * Crashes the platform right after each of the changes that a video's life makes to the disk and the database, with every
 * request sent once and with every request sent twice at once, and checks that nothing acknowledged is lost and nothing
 * is left over; the same where a change reports an error although it was made. `npm run soak:faults`; with two numbers, only every so-many-th change, beginning at the second.
 */
const STEP = Number(process.argv[2] ?? 1);
const FIRST = Number(process.argv[3] ?? 1);

const clip = await readFile(await timecodeClip(4));
const counts = { crashes: 0, errors: 0 };
const failures: string[] = [];

function report(n: number, { hasCrashed, place, losses }: Outcome, kind: keyof typeof counts): void {
  if (hasCrashed) counts[kind] += 1;
  for (const loss of losses) failures.push(`${kind}, change ${n} (${place}): ${loss}`);
  if (losses.length > 0 || n % 10 === 0)
    console.log(`${n}: ${hasCrashed ? place : 'not reached'} ${losses.join('; ')}`);
}

for (const isDoubled of [false, true]) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-faults-'));
  const options = { clip, isDoubled, isShort: false };
  const changes = await countChanges(dataDir, options);
  console.log(`${changes} changes in a video's life${isDoubled ? ', every request sent twice' : ''}`);
  let platform = await PlatformProcess.start(dataDir);
  for (let n = FIRST; n <= changes; n += STEP) {
    const outcome = await crashAt(platform, dataDir, n, options);
    platform = outcome.platform;
    report(n, outcome, 'crashes');
  }
  // Twice at once, one of the two requests may be refused because of the error: that is no loss.
  for (let n = FIRST; n <= changes && !isDoubled; n += STEP)
    report(n, await failAt(platform, dataDir, n, options), 'errors');
  await platform.stop();
  failures.push(...(await findInconsistencies(dataDir)));
  await rm(dataDir, { recursive: true });
}
console.log(`${counts.crashes} crashes, ${counts.errors} errors; lost or left over: ${failures.length}`);
for (const failure of failures) console.log(`  ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
