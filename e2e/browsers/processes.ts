import { type ChildProcess, execFileSync, spawn } from 'node:child_process';

const START_LIMIT_MS = 30_000;

interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** What the program prints once it is ready, with one group: its address, its number. Null for one that prints nothing. */
  readonly ready: RegExp | null;
}

export interface RunningProcess {
  /** What the group of `ready` has matched. */
  readonly said: string;
  /** Ends it and all that it has started. */
  stop(): Promise<void>;
}

/** Ids of a process and everything below it, the youngest generation last. */
function getTree(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const tree = [pid];
  for (const parent of tree) {
    tree.push(...parents.flatMap(([child, its]) => (its === parent && child !== undefined ? [child] : [])));
  }
  return tree;
}

async function stopTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const hasEnded = new Promise((resolve) => child.once('exit', resolve));
  const isOver = child.exitCode !== null || child.signalCode !== null;
  for (const pid of isOver ? [] : getTree(child.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  }
  if (!isOver) await hasEnded;
}

/** Starts a program, and resolves once it says that it is ready. Throws with what it has said when it does not. */
export function startProcess(command: string, args: readonly string[], options: StartOptions): Promise<RunningProcess> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      stopTree(child).finally(() => reject(new Error(`${command} ${reason}\n${output.slice(-2000)}`)));
    };
    const succeed = (said: string) => {
      clearTimeout(timer);
      resolve({ said, stop: () => stopTree(child) });
    };
    const timer = setTimeout(() => fail('did not start in time.'), START_LIMIT_MS);
    child.once('error', () => fail('could not be started.'));
    child.once('exit', (code) => fail(`ended with code ${code}.`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
        const said = options.ready?.exec(output)?.[1];
        if (said !== undefined) succeed(said);
      });
    }
    if (!options.ready) child.once('spawn', () => succeed(''));
  });
}

/** Starts a display that nobody sees. `said` is its number: what `DISPLAY` takes, behind a colon. */
export const startDisplay = (): Promise<RunningProcess> =>
  startProcess('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x980x24', '-nolisten', 'tcp'], {
    ready: /^(\d+)\n/,
  });
