import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { STAGES, type Stage } from '../db/tables.ts';

const HEARTBEAT_MS = 5_000;
/** A worker that has not been seen for this long is taken for dead. */
const DEAD_SECONDS = 20;
/** Work that has been ready for this long should have been taken. */
const OVERDUE_SECONDS = 30;

/**
 * Says that a worker is alive and which stages it takes, for as long as it runs. The only one of a database (`isAlone`) is taken
 * for alive until the next one starts: an idle studio writes nothing. Returns a function that ends it.
 */
export async function registerWorker(db: Db, stages: readonly Stage[], isAlone: boolean): Promise<() => Promise<void>> {
  const worker_id = randomUUID();
  const remove = async () => {
    await db.deleteFrom('workers').where('worker_id', '=', worker_id).execute();
  };
  if (isAlone) {
    await db.deleteFrom('workers').execute();
    await db
      .insertInto('workers')
      .values({ worker_id, stages: [...stages], seen_at: sql<Date>`'infinity'` })
      .execute();
    return remove;
  }
  const beat = async () => {
    await sql`
      insert into workers (worker_id, stages) values (${worker_id}, ${[...stages]}::text[])
      on conflict (worker_id) do update set seen_at = now()`.execute(db);
    await sql`delete from workers where seen_at < now() - make_interval(secs => ${DEAD_SECONDS})`.execute(db);
  };
  await beat();
  const timer = setInterval(() => {
    // The next one comes when the database is back.
    beat().catch(() => undefined);
  }, HEARTBEAT_MS);
  return async () => {
    clearInterval(timer);
    await remove();
  };
}

export interface QueueState {
  readonly stage: Stage;
  /** Workers that are alive and take this stage. */
  readonly workers: number;
  /** Stages that could run now and do not. */
  readonly waiting: number;
  /** Seconds that the oldest of them has been waiting. */
  readonly oldestSeconds: number;
  /** Nobody takes what waits: there is no worker for it. */
  readonly isStuck: boolean;
}

/** What waits in the queue, and for whom. */
export async function getQueueState(db: Db): Promise<QueueState[]> {
  const { rows } = await sql<{ stage: Stage; workers: number; waiting: number; oldest: number }>`
    with alive as (
      select unnest(stages) as stage from workers where seen_at > now() - make_interval(secs => ${DEAD_SECONDS})
    ), ready as (
      select stage, run_after from stages join live_videos using (video_id)
      where status = 'pending' and waits_for is null and run_after <= now()
    )
    select kind.stage,
      (select count(*) from alive where alive.stage = kind.stage)::integer as workers,
      (select count(*) from ready where ready.stage = kind.stage)::integer as waiting,
      coalesce((select extract(epoch from now() - min(run_after)) from ready where ready.stage = kind.stage), 0)::float8 as oldest
    from unnest(${[...STAGES]}::text[]) as kind (stage)`.execute(db);
  return rows.map(({ stage, workers, waiting, oldest }) => ({
    stage,
    workers,
    waiting,
    oldestSeconds: Math.max(0, Math.round(oldest)),
    isStuck: workers === 0 && waiting > 0 && oldest > OVERDUE_SECONDS,
  }));
}
