import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import type { Client } from '../../../src/api/client.ts';
import { type Push, pushSchema } from '../../../src/api/contracts/integrations.ts';
import { getErrorMessage } from '../../../src/api/errors.ts';
import { PrivateFile } from '../private-file.ts';
import type { Connections } from './connections.ts';
import { withDatabase } from './connectors/open-database.ts';
import type { HostPolicy } from './host-policy.ts';
import { pushVideos, vectorSource } from './push-videos.ts';
import type { StoredConnection } from './stored-connection.ts';

/** Pushes that are remembered when they have ended. */
const MAX_PUSHES = 50;
/** Ends of the program during a push, without a video done in between, after which it is not resumed by itself. */
const MAX_INTERRUPTIONS = 2;

/** The pushes of vectors into databases: each outlives a stop of the gateway, and goes on where it was. */
export class Pushes {
  readonly #file: PrivateFile<Push[]>;
  readonly #hosts: HostPolicy;
  readonly #getVectors: ReturnType<typeof vectorSource>;
  readonly #running = new Map<string, { readonly connectionId: string; readonly stop: AbortController }>();
  /** Rows of the video that is under way, which the file does not hold yet. */
  readonly #fresh = new Map<string, number>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  private constructor(file: PrivateFile<Push[]>, client: Client, hosts: HostPolicy) {
    this.#file = file;
    this.#hosts = hosts;
    this.#getVectors = vectorSource(client);
  }

  static async open(folder: string, client: Client, hosts: HostPolicy): Promise<Pushes> {
    const file = await PrivateFile.open<Push[]>(path.join(folder, 'pushes.json'), z.array(pushSchema), []);
    return new Pushes(file, client, hosts);
  }

  /**
   * Resumes the pushes that the end of the program interrupted; called once it listens, so that nothing in a push can
   * keep it from that. One that has been interrupted again and again without progress is not resumed by itself.
   */
  async resumeInterrupted(connections: Connections): Promise<void> {
    const interrupted = this.all.filter(({ id, status }) => status === 'running' && !this.#running.has(id));
    for (const push of interrupted) {
      const connection = connections.find(push.connection_id);
      const interruptions = push.interruptions + 1;
      if (!connection) await this.#update(push.id, { status: 'failed', error: 'The connection no longer exists.' });
      else if (interruptions >= MAX_INTERRUPTIONS) {
        const error = 'The studio ended twice during this push. Check the connection, then resume it.';
        await this.#update(push.id, { status: 'failed', error, interruptions });
      } else {
        await this.#update(push.id, { interruptions });
        this.#run({ ...push, interruptions }, connection);
      }
    }
  }

  get all(): Push[] {
    return this.#file.content.map((push) => ({ ...push, rows: push.rows + (this.#fresh.get(push.id) ?? 0) }));
  }

  find(id: string): Push | undefined {
    return this.all.find((push) => push.id === id);
  }

  /** Calls `listener` with each push that changes, until the returned function is called. */
  onChange(listener: (push: Push) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  isBusy(connectionId: string): boolean {
    return [...this.#running.values()].some((running) => running.connectionId === connectionId);
  }

  /** Starts one; it is on the disk when this resolves. */
  async start(connection: StoredConnection, videoIds: readonly string[]): Promise<Push> {
    const push: Push = {
      id: randomUUID(),
      connection_id: connection.id,
      status: 'running',
      video_ids: [...new Set(videoIds)],
      done_ids: [],
      rows: 0,
      error: null,
      interruptions: 0,
      started_at: new Date().toISOString(),
    };
    await this.#taking(push, () => this.#file.change((all) => [...all, push].slice(-MAX_PUSHES)));
    this.#run(push, connection);
    return push;
  }

  /** Goes on with the videos that are not done. */
  async resume(push: Push, connection: StoredConnection): Promise<void> {
    await this.#taking(push, () => this.#update(push.id, { status: 'running', error: null, interruptions: 0 }));
    this.#run({ ...push, status: 'running' }, connection);
  }

  /** Takes the connection at once, so that nobody else does while the disk is written to. */
  async #taking({ id, connection_id }: Push, write: () => Promise<void>): Promise<void> {
    this.#running.set(id, { connectionId: connection_id, stop: new AbortController() });
    try {
      await write();
    } catch (error) {
      this.#running.delete(id);
      throw error;
    }
  }

  async cancel(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.stop.abort();
    // Interrupted, and not resumed yet.
    if (!running && this.find(id)?.status === 'running') await this.#update(id, { status: 'cancelled' });
  }

  /** Forgets the pushes of a connection that is removed. */
  async forget(connectionId: string): Promise<void> {
    const own = this.#file.content.filter((push) => push.connection_id === connectionId);
    for (const { id } of own) await this.cancel(id);
    await this.#file.change((all) => all.filter((push) => push.connection_id !== connectionId));
  }

  async #update(id: string, change: Partial<Push>): Promise<void> {
    await this.#file.change((all) => all.map((push) => (push.id === id ? { ...push, ...change } : push)));
    this.#tell(id);
  }

  #tell(id: string): void {
    const push = this.find(id);
    if (push) this.#changes.emit('change', push);
  }

  /** Runs one in the background; however it ends, that is written down. */
  #run({ id, video_ids, done_ids, rows }: Push, connection: StoredConnection): void {
    const stop = this.#running.get(id)?.stop ?? new AbortController();
    this.#running.set(id, { connectionId: connection.id, stop });
    let done = done_ids;
    let confirmed = rows;
    const work = withDatabase(connection, this.#hosts, (database) =>
      pushVideos(database, {
        videoIds: video_ids.filter((videoId) => !done_ids.includes(videoId)),
        signal: stop.signal,
        getVectors: (videoId) => this.#getVectors(videoId, stop.signal),
        onRows: (count) => {
          this.#fresh.set(id, (this.#fresh.get(id) ?? 0) + count);
          this.#tell(id);
        },
        onVideo: async (videoId) => {
          done = [...done, videoId];
          confirmed += this.#fresh.get(id) ?? 0;
          this.#fresh.delete(id);
          await this.#update(id, { done_ids: done, rows: confirmed, interruptions: 0 });
        },
      }),
    );
    const ended = (change: Partial<Push>) => {
      this.#running.delete(id);
      this.#fresh.delete(id);
      return this.#update(id, change);
    };
    work
      .then(
        () => ended({ status: 'done' }),
        (error: unknown) =>
          ended(stop.signal.aborted ? { status: 'cancelled' } : { status: 'failed', error: getErrorMessage(error) }),
      )
      // The disk is full: it stays "running" in the file, and is gone on with at the next start.
      .catch(() => undefined);
  }
}
