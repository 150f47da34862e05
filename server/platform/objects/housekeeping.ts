import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Log } from '../../logging.ts';
import type { Db } from '../db/database.ts';
import type { StageOutput } from '../db/tables.ts';
import { isDatabaseUnavailable } from '../db/unavailable.ts';
import { purgeTrash, RESTORE_MS } from '../modules/videos/trash.ts';
import type { Layout } from './layout.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const INTERVAL_MS = HOUR_MS;
/** What nobody refers to is left alone for this long: its row may be about to be written, or be read by somebody. */
const GRACE_MS = DAY_MS;
/** How long objects without a row stay in the trash folder. */
const QUARANTINE_MS = 7 * DAY_MS;
/** Aborted uploads are remembered this long, so that an abort that is sent again is answered the same. */
const ABORTED_MS = DAY_MS;

export interface Housekeeping {
  readonly db: Db;
  readonly layout: Layout;
  /** Unfinished uploads expire after this time without a new part. */
  readonly uploadTtlMs: number;
  readonly now?: () => number;
}

/** Folder of an attempt at a stage, source of an upload, or what a direct upload that broke off has left. */
const VERSION_NAME = /^([a-z]+)-\d+(?:\.incoming)?$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Folders and files in `folder`, without hidden ones; none when there is no such folder. */
async function list(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.'));
}

async function isOlder(file: string, ageMs: number, now: number): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  return stats !== null && stats.mtimeMs < now - ageMs;
}

const remove = (file: string) => rm(file, { recursive: true, force: true });

const isUnleased = sql<boolean>`(leased_until is null or leased_until < now())`;

/** Aborts uploads that nobody went on with, and forgets those that were aborted long ago. */
async function expireUploads({ db, layout, uploadTtlMs }: Housekeeping, now: number): Promise<void> {
  const open = await db
    .selectFrom('uploads')
    .select('upload_id')
    .where('etag', 'is', null)
    .where('aborted_at', 'is', null)
    .where('created_at', '<', new Date(now - uploadTtlMs))
    .where(isUnleased)
    .execute();
  for (const { upload_id } of open) {
    const folder = layout.parts(upload_id);
    // A part that came lately has touched the folder.
    if ((await stat(folder).catch(() => null)) && !(await isOlder(folder, uploadTtlMs, now))) continue;
    await db
      .updateTable('uploads')
      .set({ aborted_at: new Date(now) })
      .where('upload_id', '=', upload_id)
      .where('etag', 'is', null)
      .where(isUnleased)
      .execute();
  }
  await db
    .deleteFrom('uploads')
    .where('aborted_at', '<', new Date(now - ABORTED_MS))
    .execute();
}

/** Removes the parts of uploads that are over, and what broken-off requests left of the others. */
async function sweepParts(housekeeping: Housekeeping, now: number): Promise<void> {
  const { db, layout } = housekeeping;
  const names = await list(layout.uploads);
  if (names.length === 0) return;
  const uploads = await db
    .selectFrom('uploads')
    .select(['upload_id', 'etag', 'aborted_at'])
    .where('upload_id', 'in', names)
    .execute();
  const known = new Map(uploads.map((upload) => [upload.upload_id, upload]));
  for (const name of names) {
    const folder = layout.parts(name);
    const upload = known.get(name);
    if (!upload) {
      if (await isOlder(folder, GRACE_MS, now)) await quarantine(layout, folder, now);
    } else if (upload.etag !== null || upload.aborted_at !== null) await remove(folder);
    else await sweepBrokenParts(housekeeping, name, now);
  }
}

async function sweepBrokenParts({ db, layout }: Housekeeping, uploadId: string, now: number): Promise<void> {
  const parts = await db.selectFrom('upload_parts').select('file').where('upload_id', '=', uploadId).execute();
  const known = new Set(parts.map(({ file }) => file));
  for (const name of await list(layout.parts(uploadId))) {
    const file = path.join(layout.parts(uploadId), name);
    if (!known.has(name) && (await isOlder(file, GRACE_MS, now))) await remove(file);
  }
}

/** Moves something that no row refers to aside, under the time at which that was found. */
async function quarantine(layout: Layout, folder: string, now: number): Promise<void> {
  await mkdir(layout.trash, { recursive: true });
  const target = path.join(layout.trash, `${path.basename(path.dirname(folder))}-${path.basename(folder)}`);
  await rename(folder, target).catch(() => undefined);
  await utimes(target, now / 1000, now / 1000).catch(() => undefined);
}

async function emptyQuarantine({ layout }: Housekeeping, now: number): Promise<void> {
  for (const name of await list(layout.trash)) {
    const entry = path.join(layout.trash, name);
    if (await isOlder(entry, QUARANTINE_MS, now)) await remove(entry);
  }
}

/** First names of the keys that a stage's output refers to. */
function getPublishedEntries(output: StageOutput | null): string[] {
  const keys = [output?.poster, output?.hls, output?.scrub, ...(output?.renditions ?? []).map(({ file }) => file)];
  return keys.flatMap((key) => key?.split('/')[0] ?? []);
}

/** Removes what is superseded in the folders of videos, and puts folders without a video aside. */
async function sweepObjects({ db, layout }: Housekeeping, now: number): Promise<void> {
  for (const videoId of (await list(layout.objects)).filter((name) => UUID.test(name))) {
    const folder = layout.video(videoId);
    const [video, upload] = await Promise.all([
      db.selectFrom('videos').select('source_key').where('video_id', '=', videoId).executeTakeFirst(),
      db.selectFrom('uploads').select(['source_key', 'etag']).where('video_id', '=', videoId).executeTakeFirst(),
    ]);
    if (!video && !upload) {
      if (await isOlder(folder, GRACE_MS, now)) await quarantine(layout, folder, now);
      continue;
    }
    const entries = await list(folder);
    const candidates = entries.filter((name) => VERSION_NAME.test(name));
    if (candidates.length === 0) continue;
    const stages = await db
      .selectFrom('stages')
      .select(['stage', 'attempt', 'status', 'output', 'published_at'])
      .where('video_id', '=', videoId)
      .execute();
    const thumbnails = await db
      .selectFrom('segments')
      .select('thumbnail')
      .where('video_id', '=', videoId)
      .limit(1)
      .execute();
    const inUse = new Set([
      ...[video?.source_key, upload?.source_key].flatMap((key) => key?.split('/')[0] ?? []),
      ...stages.flatMap(({ output }) => getPublishedEntries(output)),
      ...stages.filter(({ status }) => status === 'in_progress').map((stage) => layout.attemptKey(stage)),
      ...thumbnails.flatMap(({ thumbnail }) => thumbnail.split('/')[0] ?? []),
    ]);
    // Pages still show what was superseded lately, however old it is.
    const recent = stages.filter(({ published_at }) => published_at && published_at.getTime() > now - GRACE_MS);
    const supersededLately = new Set<string>(recent.map(({ stage }) => stage));
    for (const name of candidates) {
      const entry = path.join(folder, name);
      if (inUse.has(name) || supersededLately.has(VERSION_NAME.exec(name)?.[1] ?? '')) continue;
      if (await isOlder(entry, GRACE_MS, now)) await remove(entry);
    }
  }
}

/** One round of housekeeping. Goes by age and by what the database knows, so it may run at any time, in any process. */
export async function keepHouse(housekeeping: Housekeeping): Promise<void> {
  const now = (housekeeping.now ?? Date.now)();
  await expireUploads(housekeeping, now);
  await purgeTrash(housekeeping.db, housekeeping.layout, { deletedBefore: new Date(now - RESTORE_MS) });
  await sweepParts(housekeeping, now);
  await sweepObjects(housekeeping, now);
  await emptyQuarantine(housekeeping, now);
}

/** Keeps house now and every hour. Returns a function that ends it. */
export function startHousekeeping(housekeeping: Housekeeping, log: Log): () => void {
  const round = () =>
    keepHouse(housekeeping).catch((error: unknown) => {
      if (!isDatabaseUnavailable(error)) log.error({ err: error }, 'Housekeeping failed');
    });
  void round();
  const timer = setInterval(round, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
