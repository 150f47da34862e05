// Starts the platform (unless a remote one is configured) and the gateway, waits until both answer, and starts again
// what ends unexpectedly.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureServerBuilt } from './build.js';
import { ROOT } from './install.js';

const START_LIMIT_MS = 120_000;
const FIRST_RESTART_MS = 500;
const MAX_RESTART_MS = 10_000;
/** So many crashes within this time are no accident: starting again would not help. */
const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;

/**
 * Starts one of the server's programs; `ready` resolves to what it says behind "<name> ready", or null if it ends first.
 * @param {'platform' | 'gateway'} name
 * @param {NodeJS.ProcessEnv} env
 */
function startProcess(name, env) {
  const child = spawn(process.execPath, ['--enable-source-maps', path.join('dist-server', `${name}.js`)], {
    cwd: ROOT,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // One that has ended takes no line any more.
  child.stdin.on('error', () => undefined);
  /** @type {Promise<string>} What ended it. */
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`)));
  let complaints = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text) => {
    process.stderr.write(text);
    complaints = (complaints + text).slice(-2000);
  });
  const readyLine = new RegExp(`^${name} ready (\\S+)$`, 'm');
  /** @type {Promise<string | null>} */
  const ready = new Promise((resolve) => {
    let said = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => {
      said = (said + text).slice(-4000);
      const match = readyLine.exec(said);
      if (match) resolve(match[1]);
    });
    ended.then(() => resolve(null));
    setTimeout(() => resolve(null), START_LIMIT_MS).unref();
  });
  return { child, ended, ready, complaints: () => complaints.trim() };
}

/** One program that is kept running. */
class Supervised {
  /** @type {ReturnType<typeof startProcess>} */
  #process;
  #isStopping = false;
  /** @type {string | null} */
  #startLine = null;
  /** @type {number[]} Times of its crashes. */
  #crashes = [];
  #name;
  #env;
  #onGiveUp;

  /**
   * @param {'platform' | 'gateway'} name
   * @param {NodeJS.ProcessEnv} env
   * @param {(reason: string) => void} onGiveUp Called when it crashes again and again.
   */
  constructor(name, env, onGiveUp) {
    this.#name = name;
    this.#env = env;
    this.#onGiveUp = onGiveUp;
    this.#process = startProcess(name, env);
  }

  /**
   * Resolves to what it says when it is ready, and watches it from then on. `fix` makes the environment of a restart of
   * that, so that the program comes back at the same address.
   * @param {(said: string) => NodeJS.ProcessEnv} fix
   */
  async start(fix) {
    const said = await this.#process.ready;
    if (said === null) {
      const complaints = this.#process.complaints();
      await this.stop();
      throw new Error(`The ${this.#name} did not start.`, { cause: complaints });
    }
    this.#env = { ...this.#env, ...fix(said) };
    this.#watch();
    return said;
  }

  /**
   * Lets a program begin that has loaded and waits for a line on its standard input; also when it is started again.
   * @param {string} line
   */
  begin(line) {
    this.#startLine = line;
    this.#process.child.stdin.write(`${line}\n`);
  }

  async #watch() {
    for (;;) {
      const reason = await this.#process.ended;
      if (this.#isStopping) return;
      const now = Date.now();
      this.#crashes = [...this.#crashes.filter((at) => at > now - CRASH_WINDOW_MS), now];
      const sentence = `The ${this.#name} ended unexpectedly (${reason}).`;
      if (this.#crashes.length >= MAX_CRASHES) {
        const last = this.#process.complaints();
        this.#onGiveUp(
          `${sentence} It did so ${MAX_CRASHES} times within a minute.${last ? `\nIt said:\n${last}` : ''}`,
        );
        return;
      }
      const waitMs = Math.min(MAX_RESTART_MS, FIRST_RESTART_MS * 4 ** (this.#crashes.length - 1));
      console.error(`${sentence} Starting it again in ${waitMs / 1000} s.`);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.#isStopping) return;
      this.#process = startProcess(this.#name, this.#env);
      if (this.#startLine !== null) this.begin(this.#startLine);
    }
  }

  get pid() {
    return this.#process.child.pid;
  }

  /** @param {NodeJS.Signals} signal */
  async stop(signal = 'SIGTERM') {
    this.#isStopping = true;
    this.#process.child.kill(signal);
    await this.#process.ended;
  }
}

/**
 * Starts everything. Resolves to the app's address; `stop` ends it, and `failed` resolves to the reason when a program
 * crashes again and again. Rejects when one cannot start; what it said is the error's cause, and was printed.
 * @param {NodeJS.ProcessEnv} env
 */
export async function runStudio(env = process.env) {
  ensureServerBuilt();
  /** @type {Supervised[]} */
  const programs = [];
  /** @type {(reason: string) => void} */
  let giveUp = () => undefined;
  /** @type {Promise<string>} */
  const failed = new Promise((resolve) => {
    giveUp = resolve;
  });
  /** @param {NodeJS.Signals} [signal] */
  const stop = async (signal) => {
    await Promise.all(programs.map((program) => program.stop(signal)));
  };
  /**
   * @param {'platform' | 'gateway'} name
   * @param {NodeJS.ProcessEnv} itsEnv
   */
  const add = (name, itsEnv) => {
    const program = new Supervised(name, itsEnv, (reason) => giveUp(reason));
    programs.push(program);
    return program;
  };
  const platform = env.MIKSHI_BASE_URL || env.PLATFORM_URL ? null : add('platform', env);
  // Both load at once, which takes each a second or two. The gateway touches nothing before the platform holds DATA_DIR.
  const { PLATFORM_PORT: _, ...gatewayEnv } = env;
  const gateway = add('gateway', { ...gatewayEnv, START_SIGNAL: 'stdin' });
  try {
    const platformPort = platform ? await platform.start((port) => ({ PLATFORM_PORT: port })) : null;
    gateway.begin(platformPort ?? '');
    const url = await gateway.start((said) => ({ PORT: new URL(said).port }));
    return { url, platformPort, failed, stop, pids: () => programs.map(({ pid }) => pid) };
  } catch (error) {
    await stop();
    throw error;
  }
}
