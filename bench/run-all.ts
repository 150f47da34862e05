import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { footage } from '../e2e/clips/footage.ts';
import type { Figure } from './record.ts';

/**
 * Runs every benchmark with a figure to beat, one after the other (about half an hour on two cores), and writes
 * `bench/RESULTS.md`. Give names to run only some: `npm run bench -- chat ingest`; the rows of the others stay away then.
 */
const BENCHES: Readonly<Record<string, readonly string[]>> = {
  'first-load': [],
  chat: [],
  'click-to-frame': [],
  'open-another': [],
  'large-library': ['50000'],
  'upload-browser': ['300'],
  ingest: [],
  'ten-at-once': [],
  map: ['100000', '1000000'],
  'map-projection': ['2000', '10000'],
  'map-load': ['100000', '1000000'],
  'search-index': ['100000'],
  awake: [],
  'mixed-search': [],
  lighthouse: [],
  reindex: [],
  'long-source': ['10'],
};

/** Those of a real clip, where the folder with the footage is there. */
const street = footage('vtest.avi');
const FOOTAGE_BENCHES: typeof BENCHES = street === null ? {} : { 'screen-text': [street] };

/** Those that need a real Postgres, where `TEST_DATABASE_URL` names one. */
const POSTGRES_BENCHES: typeof BENCHES = { 'search-scale': ['100000'], 'hybrid-search': ['100000'], workers: [] };

const wanted = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
const BENCH_RECORD = path.join(folder, 'figures.jsonl');
writeFileSync(BENCH_RECORD, '');

const [cpu] = cpus();
const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'an unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
const row = (figure: Figure) =>
  `| ${figure.what} | ${figure.reference} | ${figure.measured} | ${figure.ratio === null ? '–' : `${figure.ratio.toFixed(2)} ×`} | ${figure.target} | ${figure.met ? 'met' : '**missed**'} |`;
const failed: string[] = [];

function writeResults(): void {
  const figures = readFileSync(BENCH_RECORD, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Figure => JSON.parse(line));
  const lines = [
    '# Results',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}. No graphics card: pictures and WebGL are made by software.`,
    'Each row was measured beside its reference in one run on one machine; what counts is the ratio.',
    '',
    '| what | reference | Studio | ratio | target | |',
    '|---|---|---|---|---|---|',
    ...figures.map(row),
    ...(failed.length > 0 ? ['', `Did not finish: ${failed.join(', ')}.`] : []),
    '',
  ];
  writeFileSync('bench/RESULTS.md', lines.join('\n'));
}

const benches = { ...BENCHES, ...FOOTAGE_BENCHES, ...(process.env.TEST_DATABASE_URL ? POSTGRES_BENCHES : {}) };
for (const [name, args] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n› ${name}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...args], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_RECORD },
  });
  if (status !== 0) failed.push(name);
  // After each, so that a run that is stopped leaves what it has found.
  writeResults();
}

rmSync(folder, { recursive: true });
console.log(`\n${readFileSync('bench/RESULTS.md', 'utf8')}`);
process.exit(failed.length > 0 ? 1 : 0);
