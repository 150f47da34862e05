import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type TaskMessage, type TaskName, type Tasks, UnreadableMediaError } from './protocol.ts';

const CHILD = fileURLToPath(new URL('./entry.ts', import.meta.url));
const MEMORY_LIMIT_BYTES = 3 * 1024 ** 3;
const WATCH_MS = 1000;
const PAGE_BYTES = 4096;

export interface RunOptions {
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Killed when it takes longer. Default: a day, which is enough for ten hours of 1080p. */
  readonly timeoutMs?: number;
}

/** Resident memory of a process in bytes; 0 where the system does not tell. */
async function residentBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE_BYTES;
}

/** Calls `stop` with a sentence when the child outgrows its memory or its time. */
function watch(child: ChildProcess, timeoutMs: number, stop: (sentence: string) => void): () => void {
  const deadline = setTimeout(() => stop('Processing this file took too long and was stopped.'), timeoutMs);
  const memory = setInterval(async () => {
    if (child.pid && (await residentBytes(child.pid)) > MEMORY_LIMIT_BYTES) {
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
export function runTask<Name extends TaskName>(
  name: Name,
  args: Tasks[Name]['args'],
  { onProgress, signal, timeoutMs = 24 * 3_600_000 }: RunOptions = {},
): Promise<Tasks[Name]['result']> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = fork(CHILD, [], {
      execArgv: ['--import', 'tsx', '--max-old-space-size=1024'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      unwatch();
      signal?.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      finish();
    };
    const unwatch = watch(child, timeoutMs, (sentence) => settle(() => reject(new UnreadableMediaError(sentence))));
    const cancel = () => settle(() => reject(new Error('Processing was cancelled.')));
    signal?.addEventListener('abort', cancel, { once: true });

    child.on('message', (message: TaskMessage) => {
      if (message.type === 'progress') onProgress?.(message.fraction);
      else if (message.type === 'result') settle(() => resolve(message.value as Tasks[Name]['result']));
      else {
        const ErrorClass = message.final ? UnreadableMediaError : Error;
        settle(() => reject(new ErrorClass(message.sentence)));
      }
    });
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, killedBy) =>
      settle(() => reject(new Error(`The task process ended early (${killedBy ?? `code ${code}`}).`))),
    );
    child.send({ name, args });
  });
}
