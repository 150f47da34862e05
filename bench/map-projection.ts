import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openDatabase } from '../server/platform/db/database.ts';
import { DIMENSION } from '../server/platform/embedding/embedding-model.ts';
import { type MapRequest, ProjectionService } from '../server/platform/modules/projection/projection-service.ts';
import { randomFrom } from '../server/platform/tasks/projection/random.ts';
import { ROW_BYTES } from '../server/platform/tasks/projection/vector-rows.ts';
import { record } from './record.ts';

/**
 * Time to place segments on the map through the platform's own worker: videos of fifty that each wander about a theme. Arguments:
 * how many segments, 2,000 and then 10,000 if none are given.
 */
const SEGMENTS = 50;
const COUNTS = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2_000, 10_000];
/** Seconds, by the number of segments. */
const TARGETS: Readonly<Record<number, number>> = { 2000: 3, 10000: 12 };

const random = randomFrom(3);
const normal = () => random() + random() + random() - 1.5;
const unit = (vector: Float32Array) => {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
};
const themes = Array.from({ length: 40 }, () => unit(Float32Array.from({ length: DIMENSION }, normal)));

/** As pgvector sends it: dimension, two spare bytes, floats in network order. */
function toVectorRow(vector: Float32Array): Buffer {
  const row = Buffer.alloc(ROW_BYTES);
  row.writeUInt16BE(DIMENSION);
  for (const [index, value] of vector.entries()) row.writeFloatBE(value, 4 + index * 4);
  return row;
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-map-'));
const { db } = await openDatabase(folder, undefined);
const maps = new ProjectionService(db);

async function measure(count: number): Promise<void> {
  const segments = Array.from({ length: count }, (_, index) => {
    const video = Math.floor(index / SEGMENTS);
    const theme = themes[video % themes.length] ?? new Float32Array(DIMENSION);
    const vector = unit(theme.map((value) => value + normal() * 0.03));
    return { segment_id: `${count}-${index}`, video_id: String(video), version: '1', vector };
  });
  const file = path.join(folder, 'vectors');
  await writeFile(file, Buffer.concat(segments.map(({ vector }) => toVectorRow(vector))));
  const request: MapRequest = {
    owner: 'bench',
    count,
    segments: () => segments,
    readVectors: async () => [],
    withVectorFile: (_onProgress, work) => work(file),
    findNearest: async () => [],
  };
  const before = performance.now();
  await maps.place(request);
  const seconds = (performance.now() - before) / 1000;
  const again = performance.now();
  await maps.place(request);
  const target = TARGETS[count];
  record({
    what: `a map of ${count.toLocaleString('en')} segments, laid out for the first time`,
    reference: 'none',
    measured: `${seconds.toFixed(1)} s (again ${(performance.now() - again).toFixed(0)} ms)`,
    ratio: null,
    target: target === undefined ? '–' : `≤ ${target} s`,
    met: target === undefined || seconds <= target,
  });
}

for (const count of COUNTS) await measure(count);
await rm(folder, { recursive: true });
process.exit(0);
