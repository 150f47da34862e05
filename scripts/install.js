// Installs the packages of the lock file when they are not there yet. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = path.join(ROOT, 'node_modules', '.studio-lock');

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Mikshi Studio needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Makes node_modules agree with package-lock.json, or ends the process with npm's own words. */
export function ensureInstalled() {
  checkNode();
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  // To standard error: the standard output of `scripts/mcp.js` carries a protocol, and so does its standard input.
  console.error('Installing packages (about 1 GB, most of it FFmpeg, models and the test browser) …');
  // Install scripts are not needed: everything native comes prebuilt inside its package.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('The packages could not be installed.');
    process.exit(status ?? 1);
  }
  writeFileSync(STAMP, wanted);
}
