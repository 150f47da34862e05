import { type ChildProcess, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { MAX_TIMEOUT_MS } from '#api/retry.ts';
import { IS_BUILT, PROJECT_ROOT } from '../../project-root.ts';
import {
  BACKGROUND_TASKS,
  type Draft,
  type TaskMessage,
  type TaskName,
  type Tasks,
  UnreadableMediaError,
} from './protocol.ts';
import { readResidentBytes } from './resident-bytes.ts';
import { confine, type TaskLimits } from './sandbox.ts';

/** The task process, as Node's arguments. */
const CHILD = IS_BUILT
  ? [path.join(PROJECT_ROOT, 'dist-server', 'task.js')]
  : ['--import', 'tsx', path.join(PROJECT_ROOT, 'server', 'platform', 'tasks', 'entry.ts')];
const MEMORY_LIMIT_BYTES = 3 * 1024 ** 3;
const WATCH_MS = 1000;

export interface RunOptions<Name extends TaskName> {
  readonly onProgress?: (fraction: number) => void;
  readonly onDraft?: (draft: Draft<Name>) => void;
  readonly signal?: AbortSignal;
  /** Killed when it takes longer. By default, as long as a file of the input's size may need. */
  readonly timeoutMs?: number;
}

const MINUTE_MS = 60_000;
const MIB = 1024 ** 2;
/** A tiny file can claim to last for days: how long a task may take goes by what the file really holds. */
const BASE_TIMEOUT_MS = 15 * MINUTE_MS;
const TIMEOUT_MS_PER_MIB = 40_000;
const BASE_FILE_BYTES = 2 * 1024 ** 3;
const FILE_BYTES_PER_BYTE = 20;
/** Beside work that goes first, a task gets a tenth of a processor. Its processor time stays limited. */
const BACKGROUND_FACTOR = 10;

const getFiles = (args: Tasks[TaskName]['args']): readonly string[] => {
  if ('input' in args) return [args.input];
  return 'renditions' in args ? args.renditions.map(({ file }) => file) : [];
};

/** What a task may take, by the size of the files that it reads. `timeoutMs` is given where that does not depend on them. */
export async function getLimits(
  args: Tasks[TaskName]['args'],
  timeoutMs: number | undefined,
): Promise<Required<TaskLimits>> {
  const files = await Promise.all(getFiles(args).map((file) => stat(file).catch(() => null)));
  const bytes = files.reduce((sum, file) => sum + (file?.size ?? 0), 0);
  return {
    timeoutMs: timeoutMs ?? BASE_TIMEOUT_MS + (bytes / MIB) * TIMEOUT_MS_PER_MIB,
    maxFileBytes: BASE_FILE_BYTES + bytes * FILE_BYTES_PER_BYTE,
  };
}

/** Starts the task process, confined, with a channel to it. */
async function startChild(limits: TaskLimits): Promise<ChildProcess> {
  const node = [process.execPath, '--max-old-space-size=1024', ...CHILD];
  const [program = process.execPath, ...args] = await confine(node, limits);
  return spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** Calls `stop` with a sentence when the child outgrows its memory or its time. */
function watch(child: ChildProcess, timeoutMs: number, stop: (sentence: string) => void): () => void {
  const deadline = setTimeout(
    () => stop('Processing this file took too long and was stopped.'),
    Math.min(timeoutMs, MAX_TIMEOUT_MS),
  );
  const memory = setInterval(async () => {
    if (child.pid && (await readResidentBytes(child.pid)) > MEMORY_LIMIT_BYTES) {
      stop('Processing this file needed too much memory and was stopped.');
    }
  }, WATCH_MS);
  return () => {
    clearTimeout(deadline);
    clearInterval(memory);
  };
}

/**
 * Runs one task in a process of its own, without the server's environment, under limits of time and memory.
 * Throws `UnreadableMediaError` when the file is at fault, another `Error` when trying again may help.
 */
export async function runTask<Name extends TaskName>(
  name: Name,
  args: Tasks[Name]['args'],
  { onProgress, onDraft, signal, timeoutMs }: RunOptions<Name> = {},
): Promise<Tasks[Name]['result']> {
  signal?.throwIfAborted();
  const limits = await getLimits(args, timeoutMs);
  const child = await startChild(limits);
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      unwatch();
      signal?.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      finish();
    };
    const wallTimeMs = limits.timeoutMs * (BACKGROUND_TASKS.has(name) ? BACKGROUND_FACTOR : 1);
    const unwatch = watch(child, wallTimeMs, (sentence) => settle(() => reject(new UnreadableMediaError(sentence))));
    const cancel = () => settle(() => reject(new Error('Processing was cancelled.')));
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();

    child.on('message', (message: TaskMessage) => {
      if (message.type === 'progress') onProgress?.(message.fraction);
      else if (message.type === 'draft') onDraft?.(message.value as Draft<Name>);
      else if (message.type === 'result') settle(() => resolve(message.value as Tasks[Name]['result']));
      else {
        const ErrorClass = message.final ? UnreadableMediaError : Error;
        settle(() => reject(new ErrorClass(message.sentence)));
      }
    });
    // More than once, where the channel is closed under the request.
    child.on('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, killedBy) =>
      settle(() => reject(new Error(`The task process ended early (${killedBy ?? `code ${code}`}).`))),
    );
    child.send({ name, args });
  });
}
