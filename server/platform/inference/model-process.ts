import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { IS_BUILT, PROJECT_ROOT } from '../../project-root.ts';
import { readResidentBytes } from '../tasks/resident-bytes.ts';
import { confine } from '../tasks/sandbox.ts';
import type { EmbedderChoice, InferenceAnswer, InferenceCalls, InferenceName } from './protocol.ts';

const CHILD = IS_BUILT
  ? [path.join(PROJECT_ROOT, 'dist-server', 'inference.js')]
  : ['--import', 'tsx', path.join(PROJECT_ROOT, 'server', 'platform', 'inference', 'entry.ts')];

const GIB = 1024 ** 3;
const MEMORY_LIMIT_BYTES = 4 * GIB;
const WATCH_MS = 2_000;
/** A process without requests ends after this time, which frees the memory of its model. */
const IDLE_MS = 5 * 60_000;
/** Time for one request, including loading a large model from a slow disk. */
const TIMEOUT_MS = 120_000;

/** The process ended before it answered. */
class ModelProcessEnded extends Error {
  override name = 'ModelProcessEnded';
}

interface PendingRequest {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** One run of the child process, with its pending requests. */
class Run {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, PendingRequest>();
  readonly #watch: NodeJS.Timeout;
  #idle: NodeJS.Timeout | null = null;
  readonly #onEnd: () => void;
  #nextId = 0;

  constructor(child: ChildProcess, onEnd: () => void) {
    this.#child = child;
    this.#onEnd = onEnd;
    child.on('message', (answer: InferenceAnswer) => this.#settle(answer));
    // More than once, where the channel is closed under a request.
    child.on('error', (error) => this.#end(error.message));
    child.once('exit', (code, signal) => this.#end(signal ?? `code ${code}`));
    this.#watch = setInterval(() => void this.#limitMemory(), WATCH_MS).unref();
  }

  send(request: object): Promise<unknown> {
    this.#nextId += 1;
    const id = this.#nextId;
    if (this.#idle) clearTimeout(this.#idle);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.stop(), TIMEOUT_MS);
      this.#pending.set(id, { resolve, reject, timer });
      this.#child.send({ ...request, id });
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #settle(answer: InferenceAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    clearTimeout(pending?.timer);
    if ('error' in answer) pending?.reject(new Error(answer.error));
    else pending?.resolve(answer.value);
    if (this.#pending.size === 0) this.#idle = setTimeout(() => this.stop(), IDLE_MS).unref();
  }

  #end(reason: string): void {
    this.#onEnd();
    clearInterval(this.#watch);
    if (this.#idle) clearTimeout(this.#idle);
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new ModelProcessEnded(`The process of the model ended early (${reason}).`));
    }
    this.#pending.clear();
  }

  async #limitMemory(): Promise<void> {
    if (this.#child.pid && (await readResidentBytes(this.#child.pid)) > MEMORY_LIMIT_BYTES) this.stop();
  }
}

/**
 * A model in a child process, so that inference does not block the server's event loop. The process starts with the first
 * request, ends when it is idle, and is restarted after a crash.
 */
export class ModelProcess {
  readonly #embedder: EmbedderChoice;
  #starting: Promise<Run> | null = null;
  #isStopped = false;

  constructor(embedder: EmbedderChoice) {
    this.#embedder = embedder;
  }

  /** Throws an `Error` whose message is a sentence. When the process crashes, the request is retried once. */
  async request<Name extends InferenceName>(
    name: Name,
    args: InferenceCalls[Name]['args'],
  ): Promise<InferenceCalls[Name]['result']> {
    const message = { name, args, embedder: this.#embedder };
    try {
      // The answers follow `InferenceCalls`: see `inference/entry.ts`.
      return (await (await this.#getRun()).send(message)) as InferenceCalls[Name]['result'];
    } catch (error) {
      if (!(error instanceof ModelProcessEnded) || this.#isStopped) throw error;
      return (await (await this.#getRun()).send(message)) as InferenceCalls[Name]['result'];
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    (await this.#starting)?.stop();
  }

  /** Concurrent requests share one process. */
  #getRun(): Promise<Run> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = null;
      throw error;
    });
    return this.#starting;
  }

  async #start(): Promise<Run> {
    // The model hub is the only thing that a model needs the network for.
    const isOffline = this.#embedder.kind === 'local' || this.#embedder.folder !== null;
    const command = [process.execPath, ...CHILD];
    const [program = process.execPath, ...args] = isOffline ? await confine(command, {}) : command;
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return new Run(child, () => {
      this.#starting = null;
    });
  }
}
