import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Push, type PushProgress, pushSchema } from '../../../src/api/contracts/integrations.ts';
import { getErrorMessage } from '../../../src/api/errors.ts';
import type { Document, State } from '../state/document.ts';
import type { Connections } from './connections.ts';
import { withDatabase } from './connectors/open-database.ts';
import type { HostPolicy } from './host-policy.ts';
import { PushFeed } from './push-feed.ts';
import { pushVideos, type VectorSource } from './push-videos.ts';
import type { StoredConnection } from './stored-connection.ts';

/** Pushes that are remembered. Running ones are, however many there are. */
const MAX_PUSHES = 50;
/** Ends of the program during a push, without a video done in between, after which it is not resumed by itself. */
const MAX_INTERRUPTIONS = 2;
/** A gateway that has not renewed the lease of its push for this long is taken for dead, by the gateways' clocks. */
const LEASE_MS = 30_000;
const RENEW_MS = 5_000;

const { video_count: _videos, done_count: _done, ...storedShape } = pushSchema.shape;
/** A push with the gateway that runs it. */
const storedPushSchema = z.object({
  ...storedShape,
  lease: z.optional(z.object({ holder: z.string(), until: z.number() })),
});
type StoredPush = z.infer<typeof storedPushSchema>;

/**
 * The pushes of vectors into databases: each outlives a stop of the gateway, and goes on where it was. Of several gateways, the one
 * that holds a push's lease runs it.
 */
export class Pushes {
  readonly #holder = randomUUID();
  readonly #state: State;
  readonly #document: Document<StoredPush[]>;
  readonly #hosts: HostPolicy;
  readonly #vectors: VectorSource;
  readonly #running = new Map<string, AbortController>();
  /** Rows of the video that is under way, which are not written down yet. */
  readonly #fresh = new Map<string, number>();
  readonly #feed = new PushFeed();

  private constructor(state: State, document: Document<StoredPush[]>, vectors: VectorSource, hosts: HostPolicy) {
    this.#state = state;
    this.#document = document;
    this.#hosts = hosts;
    this.#vectors = vectors;
    document.onChange(() => {
      for (const [id, stop] of this.#running) if (!this.#isHeld(this.#findStored(id))) stop.abort();
      this.#tellChanges();
    });
  }

  static async open(state: State, vectors: VectorSource, hosts: HostPolicy): Promise<Pushes> {
    const document = await state.open<StoredPush[]>('pushes', z.array(storedPushSchema), []);
    return new Pushes(state, document, vectors, hosts);
  }

  /** Looks for pushes of gateways that have died, now and for as long as this one lives. */
  async takeOverInterrupted(connections: Connections): Promise<void> {
    await this.#resumeInterrupted(connections, !this.#state.isShared);
    if (!this.#state.isShared) return;
    setInterval(() => {
      this.#resumeInterrupted(connections, false).catch(() => undefined);
    }, LEASE_MS / 3).unref();
  }

  /**
   * Resumes the pushes whose gateway has died; `isAlone` says that all others have. One that has been interrupted again and
   * again without progress is not resumed by itself.
   */
  async #resumeInterrupted(connections: Connections, isAlone: boolean): Promise<void> {
    const isInterrupted = (push: StoredPush) =>
      push.status === 'running' && !this.#running.has(push.id) && (isAlone || (push.lease?.until ?? 0) < Date.now());
    if (!this.#document.content.some(isInterrupted)) return;
    const taken: StoredPush[] = [];
    await this.#document.change((all) => {
      taken.length = 0;
      return all.map((push): StoredPush => {
        if (!isInterrupted(push)) return push;
        const interruptions = push.interruptions + 1;
        if (!connections.find(push.connection_id))
          return { ...push, status: 'failed', error: 'The connection no longer exists.' };
        if (interruptions >= MAX_INTERRUPTIONS) {
          const error = 'The studio ended twice during this push. Check the connection, then resume it.';
          return { ...push, status: 'failed', error, interruptions };
        }
        const mine = { ...push, interruptions, lease: this.#createLease() };
        taken.push(mine);
        return mine;
      });
    });
    for (const push of taken) {
      const connection = connections.find(push.connection_id);
      if (connection) this.#run(push, connection);
    }
  }

  #createLease() {
    return { holder: this.#holder, until: Date.now() + LEASE_MS };
  }

  #findStored(id: string): StoredPush | undefined {
    return this.#document.content.find((push) => push.id === id);
  }

  #isHeld(push: StoredPush | undefined): boolean {
    return push?.status === 'running' && push.lease?.holder === this.#holder;
  }

  #toProgress({ lease: _, video_ids, done_ids, ...push }: StoredPush): PushProgress {
    return {
      ...push,
      rows: push.rows + (this.#fresh.get(push.id) ?? 0),
      video_count: video_ids.length,
      done_count: done_ids.length,
    };
  }

  #toPublic(push: StoredPush): Push {
    return { ...this.#toProgress(push), video_ids: push.video_ids, done_ids: push.done_ids };
  }

  get all(): Push[] {
    return this.#document.content.map((push) => this.#toPublic(push));
  }

  /** All pushes without the lists of their videos, which can be long. */
  get progress(): PushProgress[] {
    return this.#document.content.map((push) => this.#toProgress(push));
  }

  find(id: string): Push | undefined {
    const push = this.#findStored(id);
    return push && this.#toPublic(push);
  }

  /** Calls `listener` with each push that changes, until the returned function is called. */
  onChange(listener: (push: PushProgress) => void): () => void {
    return this.#feed.onChange(listener);
  }

  isBusy(connectionId: string): boolean {
    return isBusy(this.#document.content, connectionId);
  }

  /** Starts one; it is durable when this resolves. Resolves to null when another one uses the connection. */
  async start(connection: StoredConnection, videoIds: readonly string[]): Promise<Push | null> {
    const push: StoredPush = {
      id: randomUUID(),
      connection_id: connection.id,
      status: 'running',
      video_ids: [...new Set(videoIds)],
      done_ids: [],
      rows: 0,
      error: null,
      model: null,
      interruptions: 0,
      started_at: new Date().toISOString(),
      lease: this.#createLease(),
    };
    const isStarted = await this.#startRunning(push, (all) => dropOldest([...all, push]));
    if (!isStarted) return null;
    this.#run(push, connection);
    return this.#toPublic(push);
  }

  /** Goes on with the videos that are not done. Resolves to false when another push uses the connection. */
  async resume(id: string, connection: StoredConnection): Promise<boolean> {
    const push = this.#findStored(id);
    if (!push) return false;
    const running: StoredPush = {
      ...push,
      status: 'running',
      error: null,
      interruptions: 0,
      lease: this.#createLease(),
    };
    const isStarted = await this.#startRunning(running, (all) => all.map((one) => (one.id === id ? running : one)));
    if (isStarted) this.#run(running, connection);
    return isStarted;
  }

  /** Writes a push down as running, unless its connection is in use. */
  async #startRunning(push: StoredPush, change: (all: StoredPush[]) => StoredPush[]): Promise<boolean> {
    let isStarted = false;
    await this.#document.change((all) => {
      isStarted = !isBusy(all, push.connection_id);
      return isStarted ? change(all) : all;
    });
    return isStarted;
  }

  async cancel(id: string): Promise<void> {
    const stop = this.#running.get(id);
    stop?.abort();
    if (stop) return;
    // Another gateway runs it, which sees this; or it was interrupted, and not resumed yet.
    await this.#document.change((all) =>
      all.map((push) => (push.id === id && push.status === 'running' ? { ...push, status: 'cancelled' } : push)),
    );
  }

  /** Forgets the pushes of a connection that is removed. */
  async forget(connectionId: string): Promise<void> {
    const own = this.#document.content.filter((push) => push.connection_id === connectionId);
    for (const { id } of own) await this.cancel(id);
    await this.#document.change((all) => all.filter((push) => push.connection_id !== connectionId));
  }

  /** Changes a push that this gateway runs. What was taken over or cancelled elsewhere stays as it is. */
  async #update(id: string, change: Partial<StoredPush>): Promise<void> {
    await this.#document.change((all) =>
      all.map((push) => (push.id === id && this.#isHeld(push) ? { ...push, ...change } : push)),
    );
  }

  #tellChanges(): void {
    this.#feed.update(this.progress);
  }

  /** Runs one in the background; however it ends, that is written down. */
  #run({ id, video_ids, done_ids, rows, model }: StoredPush, connection: StoredConnection): void {
    const stop = new AbortController();
    this.#running.set(id, stop);
    const doneBefore = new Set(done_ids);
    let done = done_ids;
    let confirmed = rows;
    const renew = () => void this.#update(id, { lease: this.#createLease() }).catch(() => undefined);
    // A gateway alone has nobody to show that it lives: its file is not written again and again for that.
    const renewal = this.#state.isShared ? setInterval(renew, RENEW_MS) : undefined;
    const work = withDatabase(connection, this.#hosts, (database) =>
      pushVideos(database, {
        videoIds: video_ids.filter((videoId) => !doneBefore.has(videoId)),
        signal: stop.signal,
        model,
        getVectors: (videoId) => this.#vectors.get(videoId, stop.signal),
        onModel: (found) => this.#update(id, { model: found }),
        onRows: (count) => {
          this.#fresh.set(id, (this.#fresh.get(id) ?? 0) + count);
          this.#tellChanges();
        },
        onVideo: async (videoId) => {
          done = [...done, videoId];
          confirmed += this.#fresh.get(id) ?? 0;
          this.#fresh.delete(id);
          this.#vectors.release(videoId);
          await this.#update(id, { done_ids: done, rows: confirmed, interruptions: 0 });
        },
      }),
    );
    const ended = async (change: Partial<Push>) => {
      clearInterval(renewal);
      this.#fresh.delete(id);
      // Still running for everybody until it is written down that it has ended.
      await this.#update(id, change).finally(() => this.#running.delete(id));
    };
    work
      .then(
        () => ended({ status: 'done' }),
        (error: unknown) =>
          ended(stop.signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: getErrorMessage(error) }),
      )
      // The disk is full: it stays "running" there, and is resumed at the next start.
      .catch(() => undefined);
  }
}

/** The pushes without the oldest of those that have ended, where there are more than are remembered. */
function dropOldest(pushes: readonly StoredPush[]): StoredPush[] {
  let excess = pushes.length - MAX_PUSHES;
  return pushes.filter(({ status }) => {
    if (status === 'running' || excess <= 0) return true;
    excess -= 1;
    return false;
  });
}

const isBusy = (pushes: readonly StoredPush[], connectionId: string) =>
  pushes.some((push) => push.connection_id === connectionId && push.status === 'running');
