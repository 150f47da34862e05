// npm run test:services: the tests that need a real Postgres with pgvector. Uses TEST_DATABASE_URL when it is set;
// otherwise installs one into a folder of its own, which needs root on Debian, and says so when that is not possible.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { ROOT } from './install.js';

const START_LIMIT_MS = 240_000;

/** Why no Postgres can be installed here; null when it can. */
function whyNot() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return 'this is not Debian';
  if (process.getuid?.() !== 0) return 'installing one needs root';
  return null;
}

async function getFreePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

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

async function startPostgres() {
  const folder = process.env.SERVICES_DIR ?? mkdtempSync(path.join(tmpdir(), 'mikshi-services-'));
  const port = await getFreePort();
  const script = path.join(ROOT, 'scripts', 'services', 'postgres-17.sh');
  const child = spawn('bash', [script, path.join(folder, 'postgres'), String(port)], { stdio: 'pipe' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said = (said + text).slice(-4000)));
  const url = `postgres://studio@127.0.0.1:${port}/postgres`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers(url)) return { url, child };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  child.kill('SIGKILL');
  throw new Error(`Postgres could not be installed:\n${said}`);
}

/** @param {string} url */
function runTests(url) {
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'services', ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: url },
  });
  return status ?? 1;
}

if (process.env.TEST_DATABASE_URL) process.exit(runTests(process.env.TEST_DATABASE_URL));
const reason = whyNot();
if (reason) {
  console.log(`Skipped: the tests against a real Postgres need TEST_DATABASE_URL; ${reason}.`);
  process.exit(0);
}
try {
  const { url, child } = await startPostgres();
  const status = runTests(url);
  child.kill('SIGINT');
  process.exit(status);
} catch (error) {
  // No mirror, no network: the tests cannot be run here, which is no fault of the studio.
  console.log(`Skipped: ${error instanceof Error ? error.message : error}`);
  process.exit(0);
}
