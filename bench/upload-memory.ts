import { openAsBlob } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setInterval } from 'node:timers';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { uploadFile } from '../src/api/upload/upload-file.ts';
import { residentMiB } from './resident.ts';

/** Uploads a large file through the gateway and tells how much memory both servers took for it. */

const MIB = 1024 ** 2;
const SIZE = Number(process.env.BENCH_UPLOAD_MIB ?? 2048) * MIB;
const SAMPLE_MS = 100;

async function sparseFile(): Promise<string> {
  const file = path.join(tmpdir(), `mikshi-bench-${process.pid}.mp4`);
  const handle = await open(file, 'w');
  await handle.truncate(SIZE);
  await handle.close();
  return file;
}

const studio = await startStudio();
const file = await sparseFile();
const now = () => Promise.all(studio.pids().map(residentMiB));
const before = await now();
let peak = before;
const sampling = setInterval(async () => {
  const sample = await now();
  peak = peak.map((value, index) => Math.max(value, sample[index] ?? 0));
}, SAMPLE_MS);
const client = createClient({ baseUrl: studio.url });
const started = performance.now();
let joined = started;
await uploadFile(client.uploads, await openAsBlob(file), {
  name: 'Large',
  filename: 'large.mp4',
  onProgress: (sent, total) => {
    if (sent === total) joined = performance.now();
  },
});
const ended = performance.now();
clearInterval(sampling);
const growth = peak.map((value, index) => Math.round(value - (before[index] ?? 0)));
console.log(`${SIZE / MIB} MiB through the gateway in ${((ended - started) / 1000).toFixed(1)} s`);
console.log(
  `  parts: ${(SIZE / MIB / ((joined - started) / 1000)).toFixed(0)} MiB/s; joining them: ${((ended - joined) / 1000).toFixed(1)} s`,
);
console.log(`  extra memory at the peak: platform ${growth[0]} MiB, gateway ${growth[1]} MiB`);
await studio.stop();
await rm(file);
