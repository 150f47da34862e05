import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openDatabase } from '../server/platform/db/database.ts';
import { DIMENSION } from '../server/platform/embedding/embedding-model.ts';
import { type MapRequest, ProjectionService } from '../server/platform/modules/projection/projection-service.ts';
import { randomFrom } from '../server/platform/tasks/projection/random.ts';
import { ROW_BYTES } from '../server/platform/tasks/projection/vector-rows.ts';

/**
 * Time to place segments on the map through the platform's own worker: videos of fifty that each wander about a theme. Argument: how
 * many segments, 10,000 if none is given.
 */
const SEGMENTS = 50;
const VIDEOS = Math.ceil(Number(process.argv[2] ?? 10_000) / SEGMENTS);

const random = randomFrom(3);
const normal = () => random() + random() + random() - 1.5;
const unit = (vector: Float32Array) => {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
};
const themes = Array.from({ length: 40 }, () => unit(Float32Array.from({ length: DIMENSION }, normal)));

const segments = Array.from({ length: VIDEOS * SEGMENTS }, (_, index) => {
  const theme = themes[Math.floor(index / SEGMENTS) % themes.length] ?? new Float32Array(DIMENSION);
  const vector = unit(theme.map((value) => value + normal() * 0.03));
  return {
    segment_id: String(index),
    video_id: String(Math.floor(index / SEGMENTS)),
    version: '1',
    vector,
  };
});

const folder = await mkdtemp(path.join(tmpdir(), 'bench-map-'));
const { db } = await openDatabase(folder, undefined);
const maps = new ProjectionService(db);
/** As pgvector sends it: dimension, two spare bytes, floats in network order. */
function toVectorRow(vector: Float32Array): Buffer {
  const row = Buffer.alloc(ROW_BYTES);
  row.writeUInt16BE(DIMENSION);
  for (const [index, value] of vector.entries()) row.writeFloatBE(value, 4 + index * 4);
  return row;
}
const file = path.join(folder, 'vectors');
await writeFile(file, Buffer.concat(segments.map(({ vector }) => toVectorRow(vector))));
const request: MapRequest = {
  owner: 'bench',
  count: segments.length,
  segments: () => segments,
  readVectors: async () => [],
  withVectorFile: (_onProgress, work) => work(file),
  findNearest: async () => [],
};
const before = performance.now();
const places = await maps.place(request);
const seconds = (performance.now() - before) / 1000;
const again = performance.now();
await maps.place(request);
console.log(
  `map of ${places.length / 2} segments: ${seconds.toFixed(1)} s; asked again: ${(performance.now() - again).toFixed(0)} ms`,
);
await rm(folder, { recursive: true });
process.exit(0);
