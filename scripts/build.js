// Builds the app and the server when their sources have changed since the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressUnder } from './compress-app.js';
import { ROOT } from './install.js';

const STAMP = '.source-hash';

/**
 * What is built: into which folder, from which files, and by which configuration of Vite.
 * @typedef {{ name: string, folder: string, inputs: string[], config: string, finish?: (folder: string) => void }} Target
 */

/** @type {Target} */
const APP = {
  name: 'app',
  folder: 'dist',
  inputs: ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', 'scripts/compress-app.js'],
  config: 'vite.config.ts',
  finish: compressUnder,
};

/** @type {Target} Node would have to translate every source file at each start of a program or a task. */
const SERVER = {
  name: 'server',
  folder: 'dist-server',
  inputs: ['server', 'src/api', 'src/lib', 'vite.server.config.ts', 'package-lock.json'],
  config: 'vite.server.config.ts',
};

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

function hashSources(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesUnder)) hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex');
}

function isFresh(folder, wanted) {
  const stamp = path.join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/**
 * Makes a folder agree with its sources, or ends the process. Built beside it and then renamed: programs that start at the
 * same time find it whole.
 * @param {Target} target
 */
function ensureTarget({ name, folder, inputs, config, finish }) {
  const wanted = hashSources(inputs);
  const place = path.join(ROOT, folder);
  if (isFresh(place, wanted)) return;
  console.log(`Building the ${name} …`);
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = `${place}-${process.pid}`;
  const { status } = spawnSync(
    process.execPath,
    [vite, 'build', '--config', config, '--outDir', built, '--emptyOutDir', '--logLevel', 'warn'],
    { cwd: ROOT, stdio: 'inherit' },
  );
  if (status !== 0) {
    rmSync(built, { recursive: true, force: true });
    console.error(`The ${name} could not be built.`);
    process.exit(status ?? 1);
  }
  finish?.(built);
  writeFileSync(path.join(built, STAMP), wanted);
  // Another process may have built the same meanwhile.
  if (!isFresh(place, wanted)) {
    rmSync(place, { recursive: true, force: true });
    renameSync(built, place);
  } else rmSync(built, { recursive: true, force: true });
}

export const ensureAppBuilt = () => ensureTarget(APP);
export const ensureServerBuilt = () => ensureTarget(SERVER);

export function ensureBuilt() {
  ensureAppBuilt();
  ensureServerBuilt();
}

if (process.argv[1] === import.meta.filename) ensureBuilt();
