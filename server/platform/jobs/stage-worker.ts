import pRetry from 'p-retry';
import type { Log } from '../../logging.ts';
import type { Database, Trx } from '../db/database.ts';
import { STAGES, type Stage, type StageOutput } from '../db/tables.ts';
import { isDatabaseUnavailable } from '../db/unavailable.ts';
import type { Scratch } from '../objects/scratch.ts';
import { isStoreUnavailable } from '../objects/unavailable.ts';
import { UnreadableMediaError } from '../tasks/protocol.ts';
import {
  LeaseLostError,
  RENEW_MS,
  STAGE_CANCELLED,
  STAGE_READY,
  type StageJob,
  type StageQueue,
} from './stage-queue.ts';

/** Notifications may be missed, and leases lapse silently: the queue is also asked this often. */
const POLL_MS = 2_000;
/** How long a stage waits when the database or the object store is away. */
const POSTPONE_SECONDS = 5;
/** Progress is written at most this often. */
const PROGRESS_MS = 400;

/** One attempt at a stage, as its handler sees it. */
export interface StageRun extends StageJob {
  /** Aborted when the attempt is cancelled, or was taken over. */
  readonly signal: AbortSignal;
  /** An empty folder, which is removed when the handler has ended. */
  readonly scratch: string;
  /** Fraction of the work that is done, 0..1. */
  readonly onProgress: (fraction: number) => void;
}

/** What a handler has made: facts to keep, and rows to write together with the stage's completion. */
export interface StageResult {
  readonly output?: StageOutput;
  readonly publish?: (trx: Trx) => Promise<void>;
}

export type StageHandler = (run: StageRun) => Promise<StageResult>;

export interface WorkerOptions {
  readonly log: Log;
  readonly database: Database;
  readonly queue: StageQueue;
  readonly scratch: Scratch;
  /** Stages of one kind that are run at once, each for another owner: one video must not hold up everybody's. */
  readonly concurrency: number;
  /** Handlers of the kinds of stages that this worker takes. */
  readonly handlers: Readonly<Partial<Record<Stage, StageHandler>>>;
  /** Removes what an attempt wrote that is not published. */
  readonly discard: (job: StageJob) => Promise<void>;
}

interface Running {
  readonly job: StageJob;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Claims stages and runs them, several kinds at once. Any number of workers may share a database. */
export class StageWorker {
  readonly #options: WorkerOptions;
  readonly #stages: readonly Stage[];
  readonly #running = new Map<Stage, Set<Running>>();
  /** Kinds whose queue is being asked now, and those for which it has to be asked once more afterwards. */
  readonly #asking = new Map<Stage, { again: boolean }>();
  #timer: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#stages = STAGES.filter((stage) => options.handlers[stage]);
  }

  async start(): Promise<void> {
    const { database } = this.#options;
    await database.listen(STAGE_READY, (payload) => {
      const stage = this.#stages.find((kind) => kind === payload);
      if (stage) void this.#fill(stage);
    });
    await database.listen(STAGE_CANCELLED, (videoId) => this.#cancel(videoId));
    this.#poll();
  }

  /** Gives back what is running; its next attempt begins anew, here or elsewhere. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const running = [...this.#running.values()].flatMap((set) => [...set]);
    for (const { controller } of running) controller.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  #poll(): void {
    if (this.#isStopping) return;
    for (const stage of this.#stages) void this.#fill(stage);
    void this.#options.queue.failRepeatedCrashes().catch(this.#reportUnlessUnavailable);
    this.#timer = setTimeout(() => this.#poll(), POLL_MS);
  }

  readonly #reportUnlessUnavailable = (error: unknown): void => {
    if (!isDatabaseUnavailable(error)) this.#options.log.error({ err: error }, 'The worker ran into a problem');
  };

  #cancel(videoId: string): void {
    for (const set of this.#running.values()) {
      for (const { job, controller } of set) if (job.videoId === videoId) controller.abort();
    }
  }

  /** Starts stages of a kind while there are some and this worker has room for them. */
  async #fill(stage: Stage): Promise<void> {
    const asking = this.#asking.get(stage);
    if (asking) {
      asking.again = true;
      return;
    }
    const mine = { again: false };
    this.#asking.set(stage, mine);
    try {
      do {
        mine.again = false;
        while (await this.#startNext(stage));
      } while (mine.again);
    } catch (error) {
      this.#reportUnlessUnavailable(error);
    } finally {
      this.#asking.delete(stage);
    }
  }

  async #startNext(stage: Stage): Promise<boolean> {
    const running = this.#running.get(stage) ?? new Set<Running>();
    this.#running.set(stage, running);
    if (this.#isStopping || running.size >= this.#options.concurrency) return false;
    const job = await this.#options.queue.claim(
      stage,
      [...running].map(({ job: { owner } }) => owner),
    );
    if (!job) return false;
    const controller = new AbortController();
    const done = this.#run(job, controller).finally(() => {
      running.delete(entry);
      if (!this.#isStopping) void this.#fill(stage);
    });
    const entry: Running = { job, controller, done };
    running.add(entry);
    return true;
  }

  async #run(job: StageJob, controller: AbortController): Promise<void> {
    const { queue, handlers, scratch, discard, log } = this.#options;
    const { videoId, stage, attempt } = job;
    const startedAt = Date.now();
    const handle = handlers[stage];
    if (!handle) throw new Error(`This worker does not take ${stage}.`);
    const lease = new Lease(queue, job, controller);
    let mayBePublished = false;
    try {
      const { output, publish } = await scratch.use((folder) =>
        handle({
          ...job,
          signal: controller.signal,
          scratch: folder,
          onProgress: (fraction) => lease.report(fraction),
        }),
      );
      await lease.end();
      await retryWhileUnavailable(() =>
        queue.complete(job, output ?? null, publish).catch((error: unknown) => {
          // A connection that breaks during the commit leaves it open whether it happened; the next try is then refused.
          mayBePublished ||= isDatabaseUnavailable(error);
          throw error;
        }),
      );
      log.info({ videoId, stage, attempt, ms: Date.now() - startedAt }, 'stage completed');
    } catch (error) {
      await lease.end();
      // Housekeeping removes what turns out not to be published.
      if (!mayBePublished) await discard(job).catch(() => undefined);
      if (this.#isStopping) await queue.release(job).catch(this.#reportUnlessUnavailable);
      else if (!(error instanceof LeaseLostError || controller.signal.aborted)) await this.#fail(job, error);
    }
  }

  async #fail(job: StageJob, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : 'Processing failed.';
    const { queue, log } = this.#options;
    if (isStoreUnavailable(error) || isDatabaseUnavailable(error)) {
      log.warn({ videoId: job.videoId, stage: job.stage, reason: message }, 'stage postponed');
      await retryWhileUnavailable(() => queue.release(job, POSTPONE_SECONDS)).catch(this.#reportUnlessUnavailable);
      return;
    }
    log.warn({ videoId: job.videoId, stage: job.stage, attempt: job.attempt, reason: message }, 'stage failed');
    await retryWhileUnavailable(() => queue.fail(job, message, error instanceof UnreadableMediaError)).catch(
      this.#reportUnlessUnavailable,
    );
  }
}

/** Keeps a stage leased while it runs, and writes its progress. Aborts the run when the lease is lost. */
class Lease {
  readonly #queue: StageQueue;
  readonly #job: StageJob;
  readonly #controller: AbortController;
  readonly #timer: NodeJS.Timeout;
  #percentage = 0;
  #writtenAt = 0;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;

  constructor(queue: StageQueue, job: StageJob, controller: AbortController) {
    this.#queue = queue;
    this.#job = job;
    this.#controller = controller;
    this.#timer = setInterval(() => this.#write(), RENEW_MS);
  }

  report(fraction: number): void {
    const percentage = Math.min(99, Math.floor(fraction * 100));
    if (percentage <= this.#percentage) return;
    this.#percentage = percentage;
    if (Date.now() - this.#writtenAt >= PROGRESS_MS) this.#write();
  }

  #write(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#writtenAt = Date.now();
    this.#writing = this.#queue
      .renew(this.#job, this.#percentage)
      .then(
        (isHeld) => {
          if (!isHeld) this.#controller.abort();
        },
        // The database is away: the lease may lapse, and then the outcome will be refused.
        () => undefined,
      )
      .finally(() => {
        this.#isWriting = false;
      });
  }

  /** Resolves when nothing is being written any more. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
  }
}

/** An outcome must not be lost because the database was away for a moment: its lease decides whether it still counts. */
async function retryWhileUnavailable(work: () => Promise<void>): Promise<void> {
  await pRetry(work, {
    retries: 10,
    minTimeout: 500,
    maxTimeout: 5_000,
    shouldRetry: ({ error }) => isDatabaseUnavailable(error),
  });
}
