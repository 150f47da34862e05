// The budget of the first load: what the browser must have before the first page, the library, stands.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureBuilt } from './build.js';
import { ROOT } from './install.js';

/** Gzipped script of the entry, of the first page, and of all that they import; kB are 1000 bytes. */
export const BUDGET_KB = 180;
const ENTRY = 'index.html';
const FIRST_PAGE = 'src/features/library/library-page.tsx';
/** What the first page fetches by itself once it stands. */
const AFTERWARDS = [
  'src/features/library/library-view.tsx',
  'src/app/global-overlays.tsx',
  'src/app/header-tools.tsx',
  'src/app/command-palette.tsx',
  'src/shared/processing/processing-notifier.tsx',
];

const DIST = path.join(ROOT, 'dist');

/** The files of these sources and of everything they import, by Vite's manifest. */
function getFiles(manifest, sources) {
  const seen = new Set();
  const waiting = [...sources];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    if (!manifest[key]) throw new Error(`${key} is not in the build's manifest.`);
    waiting.push(...(manifest[key].imports ?? []));
  }
  return [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'));
}

const kilobytes = (files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length, 0) / 1000;

/** Gzipped kB of script before the first page stands, and with all that it fetches afterwards. */
export function measureFirstLoad() {
  ensureBuilt();
  const manifest = JSON.parse(readFileSync(path.join(DIST, '.vite', 'manifest.json'), 'utf8'));
  return {
    first: kilobytes(getFiles(manifest, [ENTRY, FIRST_PAGE])),
    all: kilobytes(getFiles(manifest, [ENTRY, FIRST_PAGE, ...AFTERWARDS])),
  };
}

if (process.argv[1] === import.meta.filename) {
  const { first, all } = measureFirstLoad();
  console.log(
    `${first.toFixed(1)} kB of gzipped script before the first page stands (budget ${BUDGET_KB}), ${all.toFixed(1)} kB with what it then fetches.`,
  );
  process.exit(first > BUDGET_KB ? 1 : 0);
}
