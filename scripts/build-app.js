// Builds the app when its sources have changed since the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressUnder } from './compress-app.js';
import { ROOT } from './install.js';

const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(DIST, '.source-hash');
const INPUTS = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'scripts/compress-app.js'];

function filesUnder(entry) {
  const full = path.join(ROOT, entry);
  if (!existsSync(full)) return [];
  if (path.extname(entry) !== '' && !entry.endsWith('/')) return [entry];
  return readdirSync(full, { withFileTypes: true })
    .flatMap((child) =>
      child.isDirectory() ? filesUnder(path.join(entry, child.name)) : [path.join(entry, child.name)],
    )
    .sort();
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap(filesUnder)) hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex');
}

/** Makes `dist` agree with the sources, or ends the process. */
export function ensureBuilt() {
  const wanted = sourceHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Building the app …');
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('The app could not be built.');
    process.exit(status ?? 1);
  }
  compressUnder(DIST);
  writeFileSync(STAMP, wanted);
}
