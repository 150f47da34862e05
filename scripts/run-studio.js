// Starts the platform (unless a remote one is configured) and the gateway, waits until both answer, and starts again
// what ends unexpectedly.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
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
  const child = spawn(process.execPath, ['--import', 'tsx', path.join('server', name, 'main.ts')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
 * The platform's port: the gateway must know it before the platform has one. For 0, a port that is free now.
 * @param {string | undefined} named
 * @returns {Promise<string>}
 */
async function choosePort(named = '8001') {
  if (named !== '0') return named;
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' ? address?.port : named);
}

/**
 * Starts everything. Resolves to the app's address; `stop` ends it, and `failed` resolves to the reason when a program
 * crashes again and again. Rejects when one cannot start; what it said is the error's cause, and was printed.
 * @param {NodeJS.ProcessEnv} env
 */
export async function runStudio(env = process.env) {
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
  const platformPort = env.MIKSHI_BASE_URL ? null : await choosePort(env.PLATFORM_PORT);
  const allEnv = platformPort === null ? env : { ...env, PLATFORM_PORT: platformPort };
  // Both at once: each takes a second or two to load.
  const platform = platformPort === null ? null : add('platform', allEnv);
  const gateway = add('gateway', allEnv);
  try {
    await platform?.start(() => ({}));
    const url = await gateway.start((said) => ({ PORT: new URL(said).port }));
    return { url, platformPort, failed, stop, pids: () => programs.map(({ pid }) => pid) };
  } catch (error) {
    await stop();
    throw error;
  }
}
