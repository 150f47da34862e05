import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Platform } from '../../context.ts';
import { isDatabaseUnavailable } from '../../db/unavailable.ts';
import { HttpError } from '../../http/http-error.ts';
import { embedSegments } from './embed-segments.ts';
import { dropNextIndex, readNextIndex } from './next-index.ts';

const POLL_MS = 2_000;
/** One process fills the index; when it dies, another one goes on after this time. */
const LEASE = sql<Date>`now() + make_interval(secs => 15)`;
const RENEW_MS = 5_000;
const SEGMENT_BATCH_SIZE = 200;
/** How long the index of before is kept up to date, so that a switch can be undone. */
const KEEP = sql<Date>`now() - interval '1 day'`;
/** Videos that could not be embedded are tried so many times. */
const MAX_TRIES = 3;

/** Takes the work for this process; false when another one has it, or there is none. */
async function claim({ db }: Platform, holder: string): Promise<boolean> {
  const row = await db
    .updateTable('next_index')
    .set({ holder, leased_until: LEASE })
    .where('is_paused', '=', false)
    .where((eb) => eb.or([eb('holder', '=', holder), eb('leased_until', '<', sql<Date>`now()`)]))
    .returning('model')
    .executeTakeFirst();
  return row !== undefined;
}

/** Stages publish a moment before others see it. */
const MARGIN = sql`interval '1 minute'`;

/** Whether segments may have come since a time. Asked every two seconds, where looking through all segments takes too long. */
async function hasChangedSince({ db }: Platform, time: Date): Promise<boolean> {
  const row = await db
    .selectFrom('stages')
    .select('video_id')
    .where('stage', 'in', ['observe', 'search'])
    .where('published_at', '>', sql<Date>`${time}::timestamptz - ${MARGIN}`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A video that the next index lacks segments of. */
const findVideo = ({ db }: Platform) =>
  db
    .selectFrom('segments')
    .select('video_id')
    .where('embedding', 'is not', null)
    .where('embedding_next', 'is', null)
    .limit(1)
    .executeTakeFirst();

/** Embeds some segments of a video with another model, and keeps vectors of segments that are still the same. */
async function embedVideo(platform: Platform, model: string, videoId: string, signal: AbortSignal): Promise<void> {
  const { db, scratch, embedders } = platform;
  const segments = await db
    .selectFrom('segments')
    .select(['segment_id', 'start_s', 'end_s', 'observation', 'thumbnail'])
    .where('video_id', '=', videoId)
    .where('embedding', 'is not', null)
    .where('embedding_next', 'is', null)
    .orderBy('position')
    .limit(SEGMENT_BATCH_SIZE)
    .execute();
  const embedder = await embedders.get(model);
  const vectors = await scratch.use((folder) =>
    embedSegments(platform, embedder, { videoId, scratch: folder, signal }, segments),
  );
  await db.transaction().execute(async (trx) => {
    // Another index may have been begun meanwhile; with the row locked, this one stays.
    const next = await trx.selectFrom('next_index').select('model').forUpdate().executeTakeFirst();
    if (next?.model !== model) return;
    for (const [index, { segment_id, thumbnail }] of segments.entries()) {
      await trx
        .updateTable('segments')
        .set({ embedding_next: vectors[index] })
        .where('segment_id', '=', segment_id)
        .where('thumbnail', '=', thumbnail)
        .execute();
    }
  });
}

/** Fills the index of another model, and keeps it complete as videos are added. Returns a function that stops it. */
export function startIndexBuilder(platform: Platform): () => Promise<void> {
  const { db, log, embedders } = platform;
  const holder = crypto.randomUUID();
  const controller = new AbortController();
  const { signal } = controller;
  let tries = 0;
  /** When the index was found to be complete, by the database's clock, and of which model it is. */
  let complete: { readonly model: string; readonly at: Date } | null = null;

  const fail = async (error: unknown) => {
    if (signal.aborted || isDatabaseUnavailable(error)) return;
    tries += 1;
    log.warn({ err: error }, 'A video could not be added to the index of another model');
    if (tries < MAX_TRIES) return;
    tries = 0;
    const sentence = error instanceof Error ? error.message : String(error);
    await db.updateTable('next_index').set({ is_paused: true, error: sentence }).execute();
  };

  /** Does some of the work; false when there is none. */
  const work = async (): Promise<boolean> => {
    const next = await readNextIndex(db);
    // Given up, or begun anew: what was complete is empty now.
    if (!next || next.state === 'building') complete = null;
    if (!next || next.is_paused) return false;
    const old = await db.selectFrom('next_index').select('model').where('switched_at', '<', KEEP).executeTakeFirst();
    if (old) {
      await dropNextIndex(db);
      await embedders.release(old.model);
      return false;
    }
    if (complete?.model === next.model && !(await hasChangedSince(platform, complete.at))) return false;
    const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db);
    const video = await findVideo(platform);
    if (!video) {
      complete = rows[0] ? { model: next.model, at: rows[0].now } : null;
      await db.updateTable('next_index').set({ state: 'ready' }).where('state', '=', 'building').execute();
      return false;
    }
    if (!(await claim(platform, holder))) return false;
    const timer = setInterval(() => void claim(platform, holder).catch(() => undefined), RENEW_MS);
    try {
      await embedVideo(platform, next.model, video.video_id, signal);
      tries = 0;
    } finally {
      clearInterval(timer);
    }
    return true;
  };

  const running = (async () => {
    while (!signal.aborted) {
      const hasWorked = await work().catch(async (error: unknown) => {
        // A model that does not load will not load by trying.
        if (error instanceof HttpError) tries = MAX_TRIES;
        await fail(error).catch(() => undefined);
        return false;
      });
      if (!hasWorked) await delay(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return async () => {
    controller.abort();
    await running;
  };
}
