import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../../server/platform/db/database.ts';
import { keepHouse } from '../../server/platform/modules/housekeeping/housekeeping.ts';
import { LocalDiskStore } from '../../server/platform/objects/local-disk-store.ts';
import { PlatformProcess } from './platform-process.ts';
import { createAcknowledged, findLosses, live, type Options } from './scenario.ts';

/** What a crash at one place has led to; empty lists when all is well. */
export interface Outcome {
  /** Whether the platform got as far as that change. */
  readonly hasCrashed: boolean;
  /** The change after which it crashed. */
  readonly place: string;
  readonly losses: readonly string[];
}

/** Counts the changes of one undisturbed life of a video. */
export async function countChanges(dataDir: string, options: Options): Promise<number> {
  const platform = await PlatformProcess.start(dataDir);
  await platform.arm();
  await live(platform, createAcknowledged(), options);
  const changes = await platform.countChanges();
  await platform.stop();
  return changes;
}

/**
 * Crashes the platform right after its n-th change during a video's life, starts it again, checks that nothing that was
 * acknowledged is lost, and lets the life go on to its end. Resolves with the platform that runs then.
 */
export async function crashAt(
  platform: PlatformProcess,
  dataDir: string,
  n: number,
  options: Options,
): Promise<Outcome & { platform: PlatformProcess }> {
  const known = createAcknowledged();
  await platform.arm({ crashAfter: n });
  const hasEnded = await Promise.race([
    live(platform, known, options).then(() => true),
    platform.ended.then(() => false),
  ]).catch(() => false);
  if (hasEnded) return { hasCrashed: false, place: '', losses: [], platform };
  await platform.ended;
  const place = getPlace(platform);
  const next = await PlatformProcess.start(dataDir);
  const losses: string[] = await findLosses(next.client, dataDir, known, options.clip);
  await live(next, known, options).catch((error: unknown) => losses.push(`the rest of its life: ${error}`));
  losses.push(...(await findLosses(next.client, dataDir, known, options.clip)).map((loss) => `${loss} in the end`));
  return { hasCrashed: true, place, losses, platform: next };
}

const getPlace = (platform: PlatformProcess) =>
  /^crash after change \d+: (.*)$/m.exec(platform.complaints())?.[1] ?? platform.complaints();

/**
 * Has the n-th change during a video's life report an error although it was made, checks that nothing that was
 * acknowledged is lost, and lets the life go on to its end, in the same process.
 */
export async function failAt(
  platform: PlatformProcess,
  dataDir: string,
  n: number,
  options: Options,
): Promise<Outcome> {
  const known = createAcknowledged();
  await platform.arm({ failAt: n });
  await live(platform, known, options).catch(() => undefined);
  const hasCrashed = (await platform.countChanges()) >= n;
  const losses: string[] = await findLosses(platform.client, dataDir, known, options.clip);
  await live(platform, known, options).catch((error: unknown) => losses.push(`the rest of its life: ${error}`));
  losses.push(...(await findLosses(platform.client, dataDir, known, options.clip)).map((loss) => `${loss} in the end`));
  return { hasCrashed, place: getPlace(platform), losses };
}

/**
 * What does not fit together in the data of a platform that has stopped, after all that may be swept has been: rows
 * without objects, objects without rows, stages that are neither done nor failed, credits other than one per video.
 */
export async function findInconsistencies(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  const store = new LocalDiskStore(dataDir);
  const { db, close } = await openDatabase(dataDir, undefined);
  const later = Date.now() + 40 * 24 * 3_600_000;
  for (let round = 0; round < 2; round += 1)
    await keepHouse({ db, store, uploadTtlMs: 1_000, now: () => later + round * 20 * 24 * 3_600_000 });
  const videos = await db.selectFrom('videos').select(['video_id', 'source_key']).execute();
  const ids = new Set(videos.map(({ video_id }) => video_id));
  for (const name of await readdir(store.objects)) {
    if (!name.startsWith('.') && !ids.has(name)) found.push(`objects/${name} has no video`);
  }
  for (const { video_id, source_key } of videos) {
    const names = await readdir(store.getPath(video_id)).catch((): string[] => []);
    if (!names.includes(source_key ?? '')) found.push(`video ${video_id} has no source`);
    if (names.filter((name) => name.startsWith('source')).length > 1) found.push(`video ${video_id} has two sources`);
  }
  const stages = await db.selectFrom('stages').select(['video_id', 'stage', 'status', 'attempt']).execute();
  for (const { video_id, stage, status, attempt } of stages) {
    if (status !== 'completed') found.push(`${stage} of ${video_id} is ${status}`);
    const names = await readdir(store.getPath(video_id)).catch((): string[] => []);
    const attempts = names.filter((name) => name.startsWith(`${stage}-`));
    if (attempts.length > 1) found.push(`${stage} of ${video_id} has left ${attempts.join(', ')} (attempt ${attempt})`);
  }
  const charges = await db.selectFrom('credits').select(['request_key', 'amount']).execute();
  if (charges.length !== videos.length || charges.some(({ amount }) => amount !== 1))
    found.push(`${charges.length} charges for ${videos.length} videos`);
  if ((await readdir(path.join(dataDir, 'uploads'))).length > 0) found.push('parts of uploads that are over');
  await close();
  return found;
}
