import PgBoss from 'pg-boss';
import type { ExecuteSql } from '../db/database.ts';
import type { Stage } from '../db/tables.ts';

export interface StageJob {
  readonly videoId: string;
  readonly stage: Stage;
}

/** Tries again after 5, 10 … seconds, this often, before a stage counts as failed. */
export const RETRIES = 2;
const RETRY_DELAY_SECONDS = 5;
const POLL_SECONDS = 0.5;
const EXPIRE_HOURS = 12;

/** How many videos one stage works on at once: encoding uses every core by itself. */
const QUEUES: readonly Stage[] = ['download', 'thumbnails', 'transcode', 'hls', 'analyse', 'search'];

export interface JobAttempt extends StageJob {
  /** True when a failure now is not followed by another try. */
  readonly isLast: boolean;
}

/** The stages' job queues, in pg-boss: persistent, retried, one video at a time for each stage. */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #executeSql: ExecuteSql;
  readonly #workers = new Map<Stage, string>();

  constructor(executeSql: ExecuteSql) {
    this.#executeSql = executeSql;
    this.#boss = new PgBoss({
      db: { executeSql: async (text, values) => ({ rows: [...(await executeSql(text, values)).rows] }) },
      supervise: false,
      schedule: false,
    });
    this.#boss.on('error', (error) => console.error('The job queue reported an error:', error.message));
  }

  /** Opens the queues, empty: what was in them when the process died is made again from the stages table. */
  async open(): Promise<void> {
    await this.#boss.start();
    for (const stage of QUEUES) await this.#boss.createQueue(stage);
    await this.#executeSql('delete from pgboss.job', []);
  }

  /** Starts working. `handle` throws to have the job tried again. */
  async work(handle: (attempt: JobAttempt) => Promise<void>): Promise<void> {
    for (const stage of QUEUES) {
      const worker = await this.#boss.work<StageJob>(
        stage,
        { pollingIntervalSeconds: POLL_SECONDS, includeMetadata: true, batchSize: 1 },
        async (jobs) => {
          for (const job of jobs) await handle({ ...job.data, isLast: job.retryCount >= job.retryLimit });
        },
      );
      this.#workers.set(stage, worker);
    }
  }

  async add(job: StageJob): Promise<void> {
    await this.#boss.send(job.stage, job, {
      retryLimit: RETRIES,
      retryDelay: RETRY_DELAY_SECONDS,
      retryBackoff: true,
      expireInHours: EXPIRE_HOURS,
    });
    const worker = this.#workers.get(job.stage);
    if (worker) this.#boss.notifyWorker(worker);
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: false });
  }
}
