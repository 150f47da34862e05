// Real services for tests, each in a folder of its own, where they can be installed: root on Debian, with its mirror.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { ROOT } from '../install.js';

const START_LIMIT_MS = 240_000;
const SCRIPTS = path.join(ROOT, 'scripts', 'services');

/** Why no services can be installed here; null when they can. */
export function whyNot() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'this is not Debian';
  if (process.getuid?.() !== 0) return 'installing them needs root';
  return null;
}

async function getFreePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Removes what was installed for one run only, once nothing is mounted in it.
 * @param {string} folder
 */
function removeFolder(folder) {
  if (process.env.SERVICES_DIR || readFileSync('/proc/mounts', 'utf8').includes(folder)) return;
  rmSync(path.dirname(folder), { recursive: true, force: true });
}

/** @param {import('node:child_process').ChildProcess} child */
const hasEnded = (child) =>
  new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(0)));

/** @param {string} name */
const getFolder = (name) =>
  path.join(process.env.SERVICES_DIR ?? mkdtempSync(path.join(tmpdir(), 'mikshi-services-')), name);

/**
 * Runs a script of this folder; `said` is the end of what it has printed.
 * @param {string[]} args
 */
function run(...args) {
  const [script = '', ...rest] = args;
  const child = spawn('bash', [path.join(SCRIPTS, script), ...rest], { stdio: 'pipe' });
  const output = { said: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output.said = (output.said + text).slice(-4000);
    });
  return { child, output };
}

/** @param {string} url */
async function answers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Installs and starts PostgreSQL with pgvector. */
export async function startPostgres() {
  const port = await getFreePort();
  const folder = getFolder('postgres');
  const { child, output } = run('postgres-17.sh', folder, String(port));
  const url = `postgres://studio@127.0.0.1:${port}/postgres`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers(url)) {
      const stop = async () => {
        child.kill('SIGINT');
        await hasEnded(child);
        removeFolder(folder);
      };
      return { url, stop };
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  child.kill('SIGKILL');
  throw new Error(`Postgres could not be installed:\n${output.said}`);
}

/**
 * Whether a process was there to be told.
 * @param {number} pid
 * @param {NodeJS.Signals | 0} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Installs and starts an S3 store: one node of Ceph. */
export async function startS3() {
  const port = await getFreePort();
  const folder = getFolder('ceph');
  const { child, output } = run('ceph-s3.sh', folder, String(port));
  const stop = async () => {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pid')) : [];
    const pids = names.map((name) => Number(readFileSync(path.join(folder, name), 'utf8')));
    for (const pid of pids) signal(pid, 'SIGKILL');
    // One that nobody has collected stays in the table of processes for ever.
    for (let turn = 0; turn < 200 && pids.some((pid) => signal(pid, 0)); turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    spawnSync('umount', ['--lazy', path.join(folder, 'root', 'proc')], { stdio: 'ignore' });
    removeFolder(folder);
  };
  const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  // Not "close": the store itself goes on, and holds the script's output.
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  if (code === 0) return { url: `http://studiokey:studiosecret@127.0.0.1:${port}`, stop };
  await stop();
  throw new Error(`The S3 store could not be installed:\n${output.said}`);
}
