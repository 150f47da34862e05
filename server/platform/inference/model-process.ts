import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { IS_BUILT, PROJECT_ROOT } from '../../project-root.ts';
import { readResidentBytes } from '../tasks/resident-bytes.ts';
import { confine } from '../tasks/sandbox.ts';
import type { ArgsOf, CallsOf, InferenceAnswer, ModelChoice, ResultOf } from './protocol.ts';

const CHILD = IS_BUILT
  ? [path.join(PROJECT_ROOT, 'dist-server', 'inference.js')]
  : ['--import', 'tsx', path.join(PROJECT_ROOT, 'server', 'platform', 'inference', 'entry.ts')];

const GIB = 1024 ** 3;
const MEMORY_LIMIT_BYTES = 4 * GIB;
const WATCH_MS = 2_000;
/** A process without requests ends after this time, which frees the memory of its model. */
const IDLE_MS = 5 * 60_000;
/** Time for one request, including loading a large model from a slow disk. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** The process ended before it answered. */
class ModelProcessEnded extends Error {
  override name = 'ModelProcessEnded';
}

interface RequestOptions {
  readonly timeoutMs?: number;
  /** Gives the request up; its process ends where it works for nobody else. */
  readonly signal?: AbortSignal;
}

interface PendingRequest {
  resolve(value: unknown): void;
  reject(error: unknown): void;
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
  #hasEnded = false;

  constructor(child: ChildProcess, onEnd: () => void) {
    this.#child = child;
    this.#onEnd = onEnd;
    child.on('message', (answer: InferenceAnswer) => this.#settle(answer));
    // More than once, where the channel is closed under a request.
    child.on('error', (error) => this.#end(error.message));
    child.once('exit', (code, signal) => this.#end(signal ?? `code ${code}`));
    this.#watch = setInterval(() => void this.#limitMemory(), WATCH_MS).unref();
  }

  async send(request: object, { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: RequestOptions): Promise<unknown> {
    signal?.throwIfAborted();
    this.#nextId += 1;
    const id = this.#nextId;
    if (this.#idle) clearTimeout(this.#idle);
    const onAbort = () => this.#abandon(id, signal?.reason);
    signal?.addEventListener('abort', onAbort);
    try {
      return await new Promise((resolve, reject) => {
        const timer = setTimeout(() => this.stop(), timeoutMs);
        this.#pending.set(id, { resolve, reject, timer });
        this.#child.send({ ...request, id });
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #settle(answer: InferenceAnswer): void {
    const pending = this.#pending.get(answer.id);
    // The answer to a request that was given up.
    if (!pending) return;
    this.#pending.delete(answer.id);
    clearTimeout(pending.timer);
    if ('error' in answer) pending.reject(new Error(answer.error));
    else pending.resolve(answer.value);
    if (this.#pending.size === 0) this.#idle = setTimeout(() => this.stop(), IDLE_MS).unref();
  }

  #abandon(id: number, reason: unknown): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    pending.reject(reason);
    if (this.#pending.size === 0) this.stop();
  }

  #end(reason: string): void {
    // Another run may have begun between the error of a channel and the exit of its process.
    if (this.#hasEnded) return;
    this.#hasEnded = true;
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
export class ModelProcess<Choice extends ModelChoice> {
  readonly #model: Choice;
  #starting: Promise<Run> | null = null;
  #isStopped = false;

  constructor(model: Choice) {
    this.#model = model;
  }

  /** Throws an `Error` whose message is a sentence. When the process crashes, the request is retried once. */
  async request<Name extends keyof CallsOf<Choice>>(
    name: Name,
    args: ArgsOf<Choice, Name>,
    options: RequestOptions = {},
  ): Promise<ResultOf<Choice, Name>> {
    const message = { name, args, model: this.#model };
    try {
      // The answers follow the types of the calls: see `inference/entry.ts`.
      return (await (await this.#getRun()).send(message, options)) as ResultOf<Choice, Name>;
    } catch (error) {
      if (!(error instanceof ModelProcessEnded) || this.#isStopped) throw error;
      return (await (await this.#getRun()).send(message, options)) as ResultOf<Choice, Name>;
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
    const isOffline = this.#model.kind === 'local' || this.#model.folder !== null;
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
