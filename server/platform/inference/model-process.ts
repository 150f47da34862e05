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
/** A model that nobody has asked anything for so long gives its memory back. */
const IDLE_MS = 5 * 60_000;
/** Loading a large model from a slow disk takes most of it. */
const TIMEOUT_MS = 120_000;

/** The process ended before it answered. */
class ModelProcessEnded extends Error {
  override name = 'ModelProcessEnded';
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** One life of the process, and what it has been asked. */
class Run {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
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

  ask(request: object): Promise<unknown> {
    this.#nextId += 1;
    const id = this.#nextId;
    if (this.#idle) clearTimeout(this.#idle);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.stop(), TIMEOUT_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#child.send({ ...request, id });
    });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #settle(answer: InferenceAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    clearTimeout(waiting?.timer);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.value);
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.stop(), IDLE_MS).unref();
  }

  #end(reason: string): void {
    this.#onEnd();
    clearInterval(this.#watch);
    if (this.#idle) clearTimeout(this.#idle);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new ModelProcessEnded(`The process of the model ended early (${reason}).`));
    }
    this.#waiting.clear();
  }

  async #limitMemory(): Promise<void> {
    if (this.#child.pid && (await readResidentBytes(this.#child.pid)) > MEMORY_LIMIT_BYTES) this.stop();
  }
}

/**
 * A model in a process of its own, so that the server answers others while it computes. The process starts when it is first
 * asked something, ends when it has not been asked for a while, and is started again when it has died.
 */
export class ModelProcess {
  readonly #embedder: EmbedderChoice;
  #starting: Promise<Run> | null = null;
  #isStopped = false;

  constructor(embedder: EmbedderChoice) {
    this.#embedder = embedder;
  }

  /** Throws an `Error` whose message is a sentence. A process that dies meanwhile is asked once more. */
  async ask<Name extends InferenceName>(
    name: Name,
    args: InferenceCalls[Name]['args'],
  ): Promise<InferenceCalls[Name]['result']> {
    const request = { name, args, embedder: this.#embedder };
    try {
      // What the process answers is its own protocol's: see `inference/entry.ts`.
      return (await (await this.#getRun()).ask(request)) as InferenceCalls[Name]['result'];
    } catch (error) {
      if (!(error instanceof ModelProcessEnded) || this.#isStopped) throw error;
      return (await (await this.#getRun()).ask(request)) as InferenceCalls[Name]['result'];
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    (await this.#starting)?.stop();
  }

  /** One process, however many ask for it at once. */
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
