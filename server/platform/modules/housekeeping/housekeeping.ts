import { sql } from 'kysely';
import type { Log } from '../../../logging.ts';
import type { Db } from '../../db/database.ts';
import type { StageOutput } from '../../db/tables.ts';
import { isDatabaseUnavailable } from '../../db/unavailable.ts';
import { ATTEMPT_NAME, getAttemptName, toObjectKey } from '../../objects/object-keys.ts';
import type { KnownUpload, ObjectStore } from '../../objects/object-store.ts';
import { purgeTrash, RESTORE_MS } from '../videos/trash.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const INTERVAL_MS = HOUR_MS;
/** What nobody refers to is left alone for this long: its row may be about to be written, or somebody may be reading it. */
const GRACE_MS = DAY_MS;
/** How long objects without a row are kept after they were found. */
const ORPHAN_MS = 7 * DAY_MS;
/** Aborted uploads are remembered this long, so that an abort that is sent again is answered the same. */
const ABORTED_MS = DAY_MS;
const BATCH = 500;

export interface Housekeeping {
  readonly db: Db;
  readonly store: ObjectStore;
  /** Unfinished uploads expire after this time without a new part. */
  readonly uploadTtlMs: number;
  readonly now?: () => number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isUnleased = sql<boolean>`(leased_until is null or leased_until < now())`;

/** Aborts uploads that nobody went on with, and forgets those that were aborted long ago. */
async function expireUploads({ db, uploadTtlMs }: Housekeeping, now: number): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ aborted_at: new Date(now) })
    .where('etag', 'is', null)
    .where('aborted_at', 'is', null)
    .where('touched_at', '<', new Date(now - uploadTtlMs))
    .where(isUnleased)
    .execute();
  await db
    .deleteFrom('uploads')
    .where('aborted_at', '<', new Date(now - ABORTED_MS))
    .execute();
}

/** Removes the parts of uploads that are over, and what broken-off requests left of the others. */
async function sweepParts({ db, store }: Housekeeping, now: number): Promise<void> {
  const find = async (ids: readonly string[]): Promise<Map<string, KnownUpload>> => {
    const list = sql<string>`any(${[...ids]}::text[])`;
    const uploads = await db
      .selectFrom('uploads')
      .select(['upload_id', 'store_upload_id', 'etag', 'aborted_at'])
      .where((eb) => eb.or([eb('upload_id', '=', list), eb('store_upload_id', '=', list)]))
      .execute();
    const parts = await db
      .selectFrom('upload_parts')
      .select(['upload_id', 'file'])
      .where('upload_id', '=', sql<string>`any(${uploads.map(({ upload_id }) => upload_id)}::text[])`)
      .execute();
    return new Map(
      uploads.map(({ upload_id, store_upload_id, etag, aborted_at }) => [
        store_upload_id ?? upload_id,
        {
          isOpen: etag === null && aborted_at === null,
          files: new Set(parts.filter((part) => part.upload_id === upload_id).map(({ file }) => file)),
        },
      ]),
    );
  };
  await store.parts.sweep({ find, unknownSince: new Date(now - ORPHAN_MS), brokenSince: new Date(now - GRACE_MS) });
}

/** The ids of those that the database knows, of videos and of uploads that will become one. */
async function findKnown(db: Db, videoIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ video_id: string }>`
    select video_id from videos where video_id = any(${[...videoIds]}::uuid[])
    union select video_id from uploads where video_id = any(${[...videoIds]}::uuid[])`.execute(db);
  return new Set(rows.map(({ video_id }) => video_id));
}

/**
 * Deletes objects of videos that no row knows, a week after they were found: a database that was restored from a backup may be
 * replaced by a later one.
 */
async function sweepOrphans({ db, store }: Housekeeping, now: number): Promise<void> {
  const noteUnknown = async (videoIds: readonly string[]) => {
    const known = await findKnown(db, videoIds);
    const unknown = videoIds.filter((id) => !known.has(id));
    if (unknown.length === 0) return;
    await db
      .insertInto('orphans')
      .values(unknown.map((video_id) => ({ video_id, found_at: new Date(now) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  let batch: string[] = [];
  for await (const name of store.listFolders()) {
    if (!UUID.test(name)) continue;
    batch.push(name);
    if (batch.length < BATCH) continue;
    await noteUnknown(batch);
    batch = [];
  }
  if (batch.length > 0) await noteUnknown(batch);
  const due = await db
    .selectFrom('orphans')
    .select('video_id')
    .where('found_at', '<', new Date(now - ORPHAN_MS))
    .execute();
  const known = await findKnown(
    db,
    due.map(({ video_id }) => video_id),
  );
  for (const { video_id } of due) {
    if (!known.has(video_id)) await store.delete(video_id);
    await db.deleteFrom('orphans').where('video_id', '=', video_id).execute();
  }
}

/** First parts of the names that a stage's output refers to. */
function getPublishedNames(output: StageOutput | null): string[] {
  const names = [output?.poster, output?.hls, output?.scrub, ...(output?.renditions ?? []).map(({ file }) => file)];
  return names.flatMap((name) => name?.split('/')[0] ?? []);
}

/** What belongs to a video by the first part of its name, with the time of the last change. */
async function listEntries(store: ObjectStore, videoId: string): Promise<Map<string, number>> {
  const entries = new Map<string, number>();
  const prefix = toObjectKey(videoId, '');
  for await (const { key, modifiedAt } of store.list(prefix)) {
    const name = key.slice(prefix.length).split('/')[0] ?? '';
    entries.set(name, Math.max(entries.get(name) ?? 0, modifiedAt.getTime()));
  }
  return entries;
}

/** Removes what attempts of a video have left, and results that were superseded more than a day ago. */
async function sweepVideo({ db, store }: Housekeeping, videoId: string, now: number): Promise<void> {
  const [video, upload, stages, segments] = await Promise.all([
    db.selectFrom('videos').select('source_key').where('video_id', '=', videoId).executeTakeFirst(),
    db.selectFrom('uploads').select('source_key').where('video_id', '=', videoId).executeTakeFirst(),
    db
      .selectFrom('stages')
      .select(['stage', 'attempt', 'status', 'output', 'published_at'])
      .where('video_id', '=', videoId)
      .execute(),
    db.selectFrom('segments').select('thumbnail').where('video_id', '=', videoId).limit(1).execute(),
  ]);
  if (!video) return;
  const inUse = new Set([
    ...[video.source_key, upload?.source_key].flatMap((name) => name?.split('/')[0] ?? []),
    ...stages.flatMap(({ output }) => getPublishedNames(output)),
    ...stages.filter(({ status }) => status === 'in_progress').map(getAttemptName),
    ...segments.flatMap(({ thumbnail }) => thumbnail.split('/')[0] ?? []),
  ]);
  // Pages still show what was superseded lately, however old it is.
  const recent = stages.filter(({ published_at }) => published_at && published_at.getTime() > now - GRACE_MS);
  const supersededLately = new Set<string>(recent.map(({ stage }) => stage));
  for (const [name, modifiedAt] of await listEntries(store, videoId)) {
    const stage = ATTEMPT_NAME.exec(name)?.[1];
    if (stage === undefined || inUse.has(name) || supersededLately.has(stage)) continue;
    if (modifiedAt < now - GRACE_MS) await store.delete(toObjectKey(videoId, name));
  }
}

/** A sweep leaves what is younger than a day, so a video is swept again until two days after its last change. */
async function sweepVideos(housekeeping: Housekeeping, now: number): Promise<void> {
  const { db } = housekeeping;
  for (;;) {
    const { rows } = await sql<{ video_id: string }>`
      select video_id from videos
      where coalesce(swept_at, '-infinity') < ${new Date(now)}
        and (swept_at is null or exists (
          select from stages where stages.video_id = videos.video_id
            and stages.updated_at > swept_at - make_interval(secs => ${(2 * GRACE_MS) / 1000})))
      order by swept_at nulls first limit ${BATCH}`.execute(db);
    for (const { video_id } of rows) {
      await sweepVideo(housekeeping, video_id, now);
      await db
        .updateTable('videos')
        .set({ swept_at: new Date(now) })
        .where('video_id', '=', video_id)
        .execute();
    }
    if (rows.length < BATCH) return;
  }
}

/** Forgets words that no text has any more, with those of deleted videos among them. */
async function forgetWords({ db }: Housekeeping): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Whoever is adding a text relies on the words that are there: it has been added when they are counted, or waits.
    await sql`lock table cue_words in share row exclusive mode`.execute(trx);
    await sql`
      delete from cue_words
      where not exists (select from cues where cues.words @@ plainto_tsquery('simple', cue_words.word))`.execute(trx);
  });
}

/** One round of housekeeping. Goes by age and by what the database knows, so it may run at any time, in any process. */
export async function keepHouse(housekeeping: Housekeeping): Promise<void> {
  const now = (housekeeping.now ?? Date.now)();
  await expireUploads(housekeeping, now);
  const purged = await purgeTrash(housekeeping.db, housekeeping.store, { deletedBefore: new Date(now - RESTORE_MS) });
  if (purged > 0) await forgetWords(housekeeping);
  await sweepParts(housekeeping, now);
  await sweepOrphans(housekeeping, now);
  await sweepVideos(housekeeping, now);
}

/** Takes the next round for this process, unless another one had it lately. */
async function claimRound(db: Db): Promise<boolean> {
  const { rows } = await sql`
    insert into settings (name, value) values ('housekeeping_at', extract(epoch from now())::bigint::text)
    on conflict (name) do update set value = excluded.value
      where excluded.value::bigint - settings.value::bigint >= ${(INTERVAL_MS * 0.9) / 1000}
    returning name`.execute(db);
  return rows.length > 0;
}

/**
 * Keeps house now and every hour; where processes share a database (`isShared`), one of them does each time. Returns a function that
 * ends it.
 */
export function startHousekeeping(
  housekeeping: Housekeeping,
  { log, isShared }: { log: Log; isShared: boolean },
): () => void {
  let isStopped = false;
  const round = async () => {
    try {
      if (!isShared || (await claimRound(housekeeping.db))) await keepHouse(housekeeping);
    } catch (error) {
      // A round that is cut short by the end of the process is taken up by a later one.
      if (!isStopped && !isDatabaseUnavailable(error)) log.error({ err: error }, 'Housekeeping failed');
    }
  };
  void round();
  const timer = setInterval(() => void round(), INTERVAL_MS);
  timer.unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
