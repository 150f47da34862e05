import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { readSegmentTimes } from '../../src/api/segment-fields.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { SCENE_SECONDS } from '../clips/timecode.ts';
import { makeTinyClip } from '../models/tiny-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

let studio: Studio;
let dataDir: string;
let model: string;
const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-studio-clip-'));
  model = await makeTinyClip();
  studio = await startStudio({ dataDir, env: { EMBEDDER: 'clip', CLIP_MODEL_DIR: model } });
});
afterAll(async () => {
  await studio.stop();
  await Promise.all([dataDir, model].map((folder) => rm(folder, { recursive: true, force: true })));
});

// The model knows what three colors look like; the clip has a green scene, then a blue one.
test.each([
  ['a green scene', 1],
  ['blue', 2],
])('a CLIP model finds "%s" by its looks', async (query, scene) => {
  const { video_id } = await processedClip(client());
  const [hit] = await client().search.search(query, { videoIds: [video_id], topK: 3 });
  expect(hit && readSegmentTimes(hit).start).toBeCloseTo(scene * SCENE_SECONDS, 1);
});

test('its vectors have the length of all vectors', async () => {
  const { video_id } = await processedClip(client());
  const { data } = await client().embeddings.video(video_id);
  for (const { embedding } of data) {
    expect(embedding).toHaveLength(1024);
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
  }
});

test('an index that one embedder filled is refused to another, and left alone', async () => {
  const { video_id } = await processedClip(client());
  await studio.stop();
  await expect(startStudio({ dataDir, env: { EMBEDDER: 'local' } })).rejects.toMatchObject({
    cause: expect.stringContaining('indexed by the embedder "clip tiny-clip'),
  });
  studio = await startStudio({ dataDir, env: { EMBEDDER: 'clip', CLIP_MODEL_DIR: model } });
  expect(await client().search.search('blue', { videoIds: [video_id] })).not.toHaveLength(0);
});

test('a folder without a model is a sentence', async () => {
  await expect(startStudio({ env: { EMBEDDER: 'clip', CLIP_MODEL_DIR: tmpdir() } })).rejects.toMatchObject({
    cause: expect.stringMatching(/^CLIP_MODEL_DIR: .* holds no model/),
  });
});
