import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../start-thread.ts';
import {
  type DatabaseCall,
  type DatabaseMessage,
  EmbeddedDatabaseError,
  type StatementRows,
} from './pglite-protocol.ts';

/**
 * V8 compiles functions of WebAssembly again, optimized, after so much work in them. The default (1.8 million) takes most of the
 * start's processor time and 40 MB for functions that are never needed again; a search is optimized within its first tenth of a
 * second all the same.
 */
const OPTIMIZE_AFTER = 30_000_000;

const ENTRY = { built: 'database.js', source: 'db/pglite-entry.ts' };

interface PendingCall {
  resolve(result: StatementRows): void;
  reject(error: Error): void;
}

/**
 * The embedded database (PGlite) in a worker thread: a scan of 100,000 vectors takes a second, which must not block the event
 * loop. It is one connection: callers take turns (`PGlitePool`).
 */
export class PGliteThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PendingCall>();
  readonly #listeners = new Map<string, (payload: string) => void>();
  #nextId = 0;
  #isClosing = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: DatabaseMessage) => this.#receive(message));
    worker.on('exit', () => {
      // Without its database a process is of no use: thrown here, this ends it, and it is started again.
      if (!this.#isClosing) throw new Error('The thread of the database has ended.');
    });
  }

  /** Opens the database of a folder; a new one where the folder is empty. Throws `EmbeddedDatabaseError`. */
  static async open(folder: string): Promise<PGliteThread> {
    setFlagsFromString(`--wasm-tiering-budget=${OPTIMIZE_AFTER}`);
    const worker = startThread(ENTRY, folder);
    const [message]: DatabaseMessage[] = await once(worker, 'message');
    if (message?.type === 'failed') {
      await worker.terminate();
      throw new EmbeddedDatabaseError(message.error);
    }
    return new PGliteThread(worker);
  }

  #receive(message: DatabaseMessage): void {
    if (message.type === 'notification') this.#listeners.get(message.channel)?.(message.payload);
    if (message.type !== 'result' && message.type !== 'error') return;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'result') pending?.resolve(message.result);
    else pending?.reject(new EmbeddedDatabaseError(message.error));
  }

  #call(call: DatabaseCall): Promise<StatementRows> {
    this.#nextId += 1;
    const id = this.#nextId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ ...call, id });
    });
  }

  /** Runs the statements of a string; resolves to what the last one gives. */
  exec(statement: string): Promise<StatementRows> {
    return this.#call({ method: 'exec', statement });
  }

  query(statement: string, parameters: readonly unknown[]): Promise<StatementRows> {
    return this.#call({ method: 'query', statement, parameters });
  }

  async listen(channel: string, handler: (payload: string) => void): Promise<void> {
    this.#listeners.set(channel, handler);
    await this.#call({ method: 'listen', channel });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#call({ method: 'close' });
    await this.#worker.terminate();
  }
}
