import '../../server/platform/tasks/media/node-av-polyfills.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AVCOL_SPC_BT709, AVCOL_SPC_SMPTE170M, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { damagedClip } from '../clips/damaged-clip.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { makeFormat } from '../clips/make-format.ts';

const { openInput, videoStream } = await import('../../server/platform/tasks/media/input.ts');
const { transcodeWhole } = await import('../clips/transcode-whole.ts');

/** Pictures that browsers play are taken as they are; all others are encoded. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mikshi-copied-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Sizes and times of a file's pictures, and the matrix that it names. */
async function readPictures(file: string) {
  const input = await openInput(file);
  const { index, timeBase, codecpar } = videoStream(input);
  const sizes: number[] = [];
  const times: number[] = [];
  for (const packet of input.packetsSync(index)) {
    if (!packet) break;
    sizes.push(packet.size);
    times.push(Math.round((Number(packet.pts) * timeBase.num * 1e6) / timeBase.den));
    packet.free();
  }
  const { colorSpace } = codecpar;
  await input.close();
  return { sizes, times, colorSpace };
}

async function transcodeFile(input: string) {
  const outputDir = await mkdtemp(path.join(folder, 'out-'));
  const result = await transcodeWhole(input, outputDir);
  const rendition = result.renditions[0]?.file ?? '';
  return { result, source: await readPictures(input), rendition: await readPictures(rendition) };
}

const readyClip = (file: string, pixels: string, parameters = 'keyint=50:bframes=0') =>
  makeFormat({ file, codec: FF_ENCODER_LIBX264, pixels, frames: 150, options: { 'x264-params': parameters } });

test('what browsers play is copied, at the times that it has', async () => {
  const { result, source, rendition } = await transcodeFile(await timecodeClip(4));
  expect(rendition.sizes).toEqual(source.sizes);
  expect(rendition.times).toEqual(source.times);
  expect(result).toMatchObject({ duration: 4, warnings: [] });
  expect(result.frameRate).toBeCloseTo(25);
});

test('pictures that are decoded in another order than they are shown in are copied', async () => {
  const file = await readyClip('reordered.mp4', 'format=yuv420p', 'keyint=50:bframes=3:b-adapt=0');
  const { result, source, rendition } = await transcodeFile(file);
  expect(source.times).not.toEqual(source.times.toSorted((a, b) => a - b));
  expect(rendition.sizes).toHaveLength(source.sizes.length);
  expect(rendition.times).toEqual(source.times);
  expect(result).toMatchObject({ duration: 6, warnings: [] });
  expect(result.frameRate).toBeCloseTo(25);
});

test.each([
  ['320:180', AVCOL_SPC_SMPTE170M],
  ['1280:720', AVCOL_SPC_BT709],
])('a copy of %s says what its source leaves to the player', async (size, matrix) => {
  const file = await readyClip(`plain-${size.replace(':', '-')}.mp4`, `scale=${size},format=yuv420p`);
  const { source, rendition } = await transcodeFile(file);
  expect(rendition.sizes).toHaveLength(source.sizes.length);
  expect(rendition.times).toEqual(source.times);
  expect(rendition.colorSpace).toBe(matrix);
});

test.each([
  [
    'pictures that refer to those before a keyframe',
    'format=yuv420p',
    'keyint=24:min-keyint=24:scenecut=0:bframes=3:b-adapt=0:open-gop=1',
  ],
  ['keyframes that are far apart', 'format=yuv420p', 'keyint=125:min-keyint=125:scenecut=0:bframes=0'],
  ['full chroma', 'format=yuv444p', undefined],
  ['pixels that are not square', 'setsar=4/3,format=yuv420p', undefined],
])('%s: encoded', async (title, pixels, parameters) => {
  const file = await readyClip(`${title.replaceAll(' ', '-')}.mp4`, pixels, parameters);
  const { source, rendition } = await transcodeFile(file);
  expect(rendition.sizes).not.toEqual(source.sizes);
  expect(rendition.times).toEqual(source.times.toSorted((a, b) => a - b));
});

test('damage is encoded, and told', async () => {
  const { result, source, rendition } = await transcodeFile(await damagedClip());
  expect(rendition.sizes).not.toEqual(source.sizes);
  expect(result.warnings.join()).toMatch(/damaged/);
});
