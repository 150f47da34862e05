import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import './node-av-polyfills.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findSmallestOffset } from '../../../../e2e/clips/composition-offsets.ts';
import { SAMPLES } from './sample-catalog.ts';

const { makeSample } = await import('./make-sample.ts');
const { openInput, videoStream } = await import('./input.ts');
const { packageHls } = await import('./package-hls.ts');
const { transcode } = await import('./transcode.ts');

const PART_SECONDS = 2;
const FRAME = 1 / 25;
const MINUTE_MS = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'package-hls-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Presentation times of the pictures of one part, in seconds, as a player meets them. */
async function pictureTimes(playlist: string, part: string): Promise<number[]> {
  const file = path.join(folder, 'part.mp4');
  const pieces = await Promise.all(['init.mp4', part].map((name) => readFile(path.join(playlist, name))));
  const boxes = Buffer.concat(pieces);
  await writeFile(file, boxes);
  // FFmpeg shows fragments with negative composition offsets later; browsers show them when they say.
  const delay = -findSmallestOffset(boxes);
  const input = await openInput(file);
  const { index, timeBase } = videoStream(input);
  const times: number[] = [];
  for await (const packet of input.packets(index)) {
    if (packet) times.push(((Number(packet.pts) - delay) * timeBase.num) / timeBase.den);
  }
  await input.close();
  return times;
}

test(
  'with sound, too, the picture starts at zero, and a second means the same frame in every part',
  async () => {
    const [sample] = SAMPLES;
    if (!sample) throw new Error('There is no sample.');
    const source = path.join(folder, 'source.mp4');
    await makeSample({ sample, output: source });
    const content = await transcode({ input: source, outputDir: folder, mayCopy: true }, () => undefined);
    await packageHls({ ...content, outputDir: path.join(folder, 'hls') }, () => undefined);
    const playlist = path.join(folder, 'hls', `${content.renditions[0]?.height}p`);
    for (const number of [0, 1, 2]) {
      const times = await pictureTimes(playlist, `part0000${number}.m4s`);
      const expected = Array.from(
        { length: PART_SECONDS / FRAME },
        (_, frame) => number * PART_SECONDS + frame * FRAME,
      );
      const shown = times.toSorted((a, b) => a - b);
      expect(shown.map((time) => time.toFixed(3))).toEqual(expected.map((time) => time.toFixed(3)));
    }
  },
  MINUTE_MS,
);
