import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const GIB = 1024 ** 3;
const PROBE_TIMEOUT_MS = 5_000;

/** What a process may use. */
export interface TaskLimits {
  /** Wall-clock time; processor time may be as long on each of some cores. No limit for a process that serves requests. */
  readonly timeoutMs?: number;
  /** Largest file that it may write, in bytes. */
  readonly maxFileBytes?: number;
}

const CORES = 8;
const MAX_OPEN_FILES = 1024;
/**
 * Private writable memory. The address space itself cannot be limited: V8 and WebAssembly reserve far more of it than
 * they use.
 */
const MAX_DATA_BYTES = 12 * GIB;

interface Tools {
  readonly hasPrlimit: boolean;
  /** Arguments of `unshare` that give a process a network of its own, with nothing in it; null where that is refused. */
  readonly unshare: readonly string[] | null;
}

const works = (program: string, args: readonly string[]) =>
  run(program, [...args], { timeout: PROBE_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );

async function findTools(): Promise<Tools> {
  if (process.platform !== 'linux') return { hasPrlimit: false, unshare: null };
  const hasPrlimit = await works('prlimit', ['--core=0', 'true']);
  for (const unshare of [['--net'], ['--map-current-user', '--net'], ['--map-root-user', '--net']]) {
    if (await works('unshare', [...unshare, 'true'])) return { hasPrlimit, unshare };
  }
  return { hasPrlimit, unshare: null };
}

let tools: Promise<Tools> | null = null;

/** The tools that this machine has for confining processes; looked for once. */
export function getTools(): Promise<Tools> {
  tools ??= findTools();
  return tools;
}

/**
 * Puts a command behind limits of processor time, file size, memory and open files, and without a network, as far as the
 * machine has the tools for it (util-linux). Time and resident memory are watched in any case.
 */
export async function confine(command: readonly string[], { timeoutMs, maxFileBytes }: TaskLimits): Promise<string[]> {
  const { hasPrlimit, unshare } = await getTools();
  return [
    ...(hasPrlimit
      ? [
          'prlimit',
          '--core=0',
          ...(timeoutMs === undefined ? [] : [`--cpu=${Math.ceil((timeoutMs / 1000) * CORES)}`]),
          ...(maxFileBytes === undefined ? [] : [`--fsize=${Math.ceil(maxFileBytes)}`]),
          `--data=${MAX_DATA_BYTES}`,
          `--nofile=${MAX_OPEN_FILES}`,
        ]
      : []),
    ...(unshare ? ['unshare', ...unshare] : []),
    ...command,
  ];
}
