import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import { OBSERVE_FRACTION } from '../db/stages.ts';
import type { Stage, StageOutput } from '../db/tables.ts';

/** A worker that has not renewed its lease for this long is taken for dead. */
const LEASE_SECONDS = 15;
/** How often a worker renews the lease of what it runs. */
export const RENEW_MS = 5_000;
/** Attempts that end in an error before a stage counts as failed. */
export const MAX_TRIES = 3;
/** Workers that die while running a stage before it counts as failed. */
const MAX_DEATHS = 10;
const RETRY_DELAY_SECONDS = 5;

/** Channels of `pg_notify`: work is there (payload: the stage), and work has to stop (payload: a video id). */
export const STAGE_READY = 'stage_ready';
export const STAGE_CANCELLED = 'stage_cancelled';

export interface StageJob {
  readonly videoId: string;
  readonly owner: string;
  readonly stage: Stage;
  /** Fencing token: writes of an attempt are refused once another one has begun. */
  readonly attempt: number;
  /** What follows from it has the same. */
  readonly priority: number;
}

/** This attempt was taken over, or its video deleted: what it has made must not be published. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
  constructor() {
    super('This attempt was cancelled or taken over by another worker.');
  }
}

export interface NewStage {
  readonly stage: Stage;
  readonly waitsFor?: Stage;
}

const notify = (channel: string, payload: string) => sql`select pg_notify(${channel}, ${payload})`;

/** Takes the row of a video for this transaction, so that changes of its stages happen one after the other. */
export async function lockVideo(trx: Trx, videoId: string): Promise<void> {
  await trx.selectFrom('videos').select('video_id').where('video_id', '=', videoId).forUpdate().execute();
}

/**
 * Puts stages of a video into the queue, new or once more. Part of the caller's transaction: they are there exactly when
 * what they stand on is. Of the same owner, a higher `priority` goes first.
 */
export async function enqueueStages(
  trx: Trx,
  video: { videoId: string; owner: string },
  stages: readonly NewStage[],
  priority = 0,
): Promise<void> {
  for (const { stage, waitsFor } of stages) {
    const waiting = {
      status: 'pending' as const,
      percentage: 0,
      error: null,
      started_at: null,
      updated_at: new Date(),
      tries: 0,
      deaths: 0,
      leased_until: null,
      run_after: sql<Date>`now()`,
      waits_for: waitsFor ?? null,
      priority,
    };
    await trx
      .insertInto('stages')
      .values({ video_id: video.videoId, owner: video.owner, stage, ...waiting })
      .onConflict((conflict) => conflict.columns(['video_id', 'stage']).doUpdateSet(waiting))
      .execute();
    await trx
      .insertInto('owner_turns')
      .values({ owner: video.owner, stage })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await notify(STAGE_READY, stage).execute(trx);
  }
}

/** Has workers stop what they run for a video. Part of the caller's transaction. */
export async function cancelStages(trx: Trx, videoId: string): Promise<void> {
  await trx
    .updateTable('stages')
    .set({ status: 'pending', leased_until: null, started_at: null, attempt: sql`attempt + 1` })
    .where('video_id', '=', videoId)
    .where('status', '=', 'in_progress')
    .execute();
  await notify(STAGE_CANCELLED, videoId).execute(trx);
}

/**
 * The queue that the stages table is. A stage is claimed for the time of a lease, which its worker renews; when the
 * lease lapses, another worker takes the stage over with a higher `attempt`, and whatever the first one still writes is
 * refused. State and queue are one row, so they cannot disagree.
 */
export class StageQueue {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /**
   * Takes the next stage of a kind, or null when none is ready. Owners take turns; `busyOwners` are left out.
   */
  async claim(stage: Stage, busyOwners: readonly string[]): Promise<StageJob | null> {
    const { rows } = await sql<{ video_id: string; owner: string; attempt: number; priority: number }>`
      with turn as (
        select turns.owner from owner_turns as turns
        where turns.stage = ${stage} and turns.owner <> all(${[...busyOwners]}::text[])
          and exists (
            select from stages join live_videos using (video_id)
            where stages.stage = ${stage} and stages.owner = turns.owner and waits_for is null and run_after <= now()
              and (status = 'pending' or (status = 'in_progress' and leased_until < now() and deaths < ${MAX_DEATHS})))
        order by turns.claimed_at limit 1
      ), next as (
        select stages.video_id from stages join turn using (owner) join live_videos using (video_id)
        where stages.stage = ${stage} and waits_for is null and run_after <= now()
          and (status = 'pending' or (status = 'in_progress' and leased_until < now() and deaths < ${MAX_DEATHS}))
        order by priority desc, run_after, stages.video_id
        limit 1
        for update of stages skip locked
      ), served as (
        update owner_turns set claimed_at = now() from turn
        where owner_turns.owner = turn.owner and owner_turns.stage = ${stage} and exists (select from next)
      )
      update stages set
        status = 'in_progress',
        deaths = deaths + case when status = 'in_progress' then 1 else 0 end,
        attempt = attempt + 1,
        percentage = case when percentage = 100 then 0 else percentage end,
        error = null,
        started_at = coalesce(started_at, now()),
        updated_at = now(),
        leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
      from next where stages.video_id = next.video_id and stages.stage = ${stage}
      returning stages.video_id, stages.owner, stages.attempt, stages.priority`.execute(this.#db);
    const [row] = rows;
    if (!row) return null;
    const { video_id: videoId, owner, attempt, priority } = row;
    return { videoId, owner, stage, attempt, priority };
  }

  #held(db: Db, { videoId, stage, attempt }: StageJob) {
    return db
      .updateTable('stages')
      .where('video_id', '=', videoId)
      .where('stage', '=', stage)
      .where('attempt', '=', attempt)
      .where('status', '=', 'in_progress');
  }

  /** Extends the lease and writes progress, which never goes back. False when the stage is no longer this attempt's. */
  async renew(job: StageJob, percentage: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#held(this.#db, job)
      .set({
        leased_until: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`,
        percentage: sql<number>`greatest(percentage, ${percentage}::integer)`,
        updated_at: new Date(),
      })
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /**
   * Completes a stage: its output, what `publish` writes, and the stages that waited for it change in one transaction,
   * or not at all. Throws `LeaseLostError` when the stage is no longer this attempt's.
   */
  async complete(
    job: StageJob,
    output: StageOutput | null,
    publish: (trx: Trx) => Promise<void> = async () => undefined,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await lockVideo(trx, job.videoId);
      const completed = await this.#held(trx, job)
        .set({
          status: 'completed',
          percentage: 100,
          leased_until: null,
          published_at: sql<Date>`now()`,
          updated_at: new Date(),
          ...(output ? { output: JSON.stringify(output) } : {}),
        })
        .returning('started_at')
        .executeTakeFirst();
      if (!completed) throw new LeaseLostError();
      await publish(trx);
      const released = await trx
        .updateTable('stages')
        .set((eb) => ({
          waits_for: null,
          run_after: sql<Date>`now()`,
          // The part of a pipeline that is done now counts as its progress.
          ...(job.stage === 'observe'
            ? {
                started_at: completed.started_at,
                percentage: eb
                  .case()
                  .when('stage', '=', 'search')
                  .then(Math.floor((OBSERVE_FRACTION.search ?? 0) * 100))
                  .else(Math.floor((OBSERVE_FRACTION.analyse ?? 0) * 100))
                  .end(),
              }
            : {}),
        }))
        .where('video_id', '=', job.videoId)
        .where('waits_for', '=', job.stage)
        .where('status', '=', 'pending')
        .returning('stage')
        .execute();
      for (const { stage } of released) await notify(STAGE_READY, stage).execute(trx);
    });
  }

  /**
   * Notes that an attempt failed: the stage waits for the next one, or has failed for good, and with it what waits for
   * it. Does nothing when the stage is no longer this attempt's.
   */
  async fail(job: StageJob, message: string, isFinal: boolean): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await lockVideo(trx, job.videoId);
      const retried = await this.#held(trx, job)
        .set({
          status: 'pending',
          percentage: 0,
          started_at: null,
          leased_until: null,
          updated_at: new Date(),
          tries: sql`tries + 1`,
          run_after: sql<Date>`now() + make_interval(secs => ${RETRY_DELAY_SECONDS} * power(2, tries))`,
        })
        .returning('tries')
        .executeTakeFirst();
      if (!retried || (!isFinal && retried.tries < MAX_TRIES)) return;
      await failStages(trx, job.videoId, job.stage, message);
    });
  }

  /** Gives a stage back unfinished, which is no failure of its own. It waits for `delaySeconds` before it is taken again. */
  async release(job: StageJob, delaySeconds = 0): Promise<void> {
    const { rows } = await sql<{ stage: Stage }>`
      update stages set status = 'pending', leased_until = null, started_at = null, percentage = 0,
        run_after = now() + make_interval(secs => ${delaySeconds})
      where video_id = ${job.videoId} and stage = ${job.stage} and attempt = ${job.attempt} and status = 'in_progress'
      returning stage`.execute(this.#db);
    for (const { stage } of rows) await notify(STAGE_READY, stage).execute(this.#db);
  }

  /** Ends all leases at once. Only for a database that no other process can be using. */
  async expireLeases(): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable('stages')
      .set({ leased_until: sql<Date>`now() - interval '1 second'` })
      .where('status', '=', 'in_progress')
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Fails the stages that no worker survives. */
  async failRepeatedCrashes(): Promise<void> {
    const deadly = await this.#db
      .selectFrom('stages')
      .select(['video_id', 'stage'])
      .where('status', '=', 'in_progress')
      .where('leased_until', '<', sql<Date>`now()`)
      .where('deaths', '>=', MAX_DEATHS)
      .execute();
    for (const { video_id, stage } of deadly) {
      await this.#db.transaction().execute(async (trx) => {
        await lockVideo(trx, video_id);
        await failStages(trx, video_id, stage, 'Processing this video ended the program each time it was tried.');
      });
    }
  }
}

/** Fails a stage and everything that waits for it. */
async function failStages(trx: Trx, videoId: string, stage: Stage, message: string): Promise<void> {
  await sql`
    with recursive failed(stage) as (
      select ${stage}::text
      union
      select stages.stage from stages join failed on stages.waits_for = failed.stage
      where stages.video_id = ${videoId} and stages.status = 'pending'
    )
    update stages set status = 'failed', percentage = 0, error = ${message}, waits_for = null, leased_until = null,
      started_at = coalesce(started_at, now()), updated_at = now()
    from failed where stages.video_id = ${videoId} and stages.stage = failed.stage`.execute(trx);
}
