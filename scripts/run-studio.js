// Starts the platform (unless a remote one is configured) and the gateway, and waits until both answer.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './install.js';

const START_LIMIT_MS = 120_000;

/**
 * Starts one of the server's programs; `ready` resolves to what it says behind "<name> ready", or null if it ends first.
 * @param {'platform' | 'gateway'} name
 * @param {NodeJS.ProcessEnv} env
 */
function start(name, env) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join('server', name, 'main.ts')], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
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
      said += text;
      const match = readyLine.exec(said);
      if (match) resolve(match[1]);
    });
    ended.then(() => resolve(null));
    setTimeout(() => resolve(null), START_LIMIT_MS).unref();
  });
  return { child, ended, ready, complaints: () => complaints.trim() };
}

/**
 * Starts everything. Resolves to the app's address and a `stop` that ends it, and `ended`, which resolves when a program
 * ends by itself. Rejects when one cannot start; what it said is the error's cause, and was printed.
 * @param {NodeJS.ProcessEnv} env
 */
export async function runStudio(env = process.env) {
  /** @type {ReturnType<typeof start>[]} */
  const programs = [];
  const stop = async () => {
    for (const { child } of programs) child.kill('SIGTERM');
    await Promise.all(programs.map(({ ended }) => ended));
  };
  const bring = async (/** @type {'platform' | 'gateway'} */ name, /** @type {NodeJS.ProcessEnv} */ itsEnv) => {
    const program = start(name, itsEnv);
    programs.push(program);
    const ready = await program.ready;
    if (ready !== null) return ready;
    await stop();
    throw new Error(`The ${name} did not start.`, { cause: program.complaints() });
  };
  const platformPort = env.MIKSHI_BASE_URL ? null : await bring('platform', env);
  const url = await bring('gateway', platformPort === null ? env : { ...env, PLATFORM_PORT: platformPort });
  const ends = programs.map(({ ended }) => ended);
  return {
    url,
    platformPort,
    pids: programs.map(({ child }) => child.pid),
    stop,
    ended: Promise.race(ends),
    allEnded: Promise.all(ends),
  };
}
