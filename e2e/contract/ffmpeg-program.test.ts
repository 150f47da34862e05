import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../../server/platform/tasks/media/node-av-polyfills.ts';
import { measure } from '../clips/measure.ts';
import { makeSource } from '../clips/sources/make-source.ts';
import { SOURCES } from '../clips/sources/table.ts';

const { transcodeWhole } = await import('../clips/transcode-whole.ts');

/** The program to compare with: `FFMPEG`, or the system's. Where there is none, these tests are skipped. */
const PROGRAM = process.env.FFMPEG ?? 'ffmpeg';
const hasProgram = spawnSync(PROGRAM, ['-version']).status === 0;
const run = promisify(execFile);

/** One frame of 25 per second. */
const FRAME = 0.04;
/** What the studio does otherwise on purpose: fields become frames, more than 60 per second are thinned out. */
const isOurOwn = (file: string) => /^(?:tff|bff|lie|tape|fast)\./.test(file);

describe.skipIf(!hasProgram)('the ffmpeg program', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ffmpeg-program-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The program's own decode of a source, without loss. */
  async function decode(input: string): Promise<string> {
    const output = `${input}.decoded.mkv`;
    // The tracks that it chooses by itself, at the times of the source.
    const options = ['-fps_mode', 'passthrough', '-c:v', 'ffv1', '-pix_fmt', 'yuv420p', '-c:a', 'pcm_s16le', '-sn'];
    await run(PROGRAM, ['-v', 'error', '-y', '-i', input, ...options, output]);
    return output;
  }

  test.each(SOURCES.filter(({ file }) => !isOurOwn(file)).map((source) => [source.title, source] as const))(
    'agrees about %s',
    async (_title, source) => {
      const input = await makeSource(folder, source);
      const theirs = await measure(await decode(input));
      const { renditions } = await transcodeWhole(input, `${input}.out`);
      const ours = await measure(renditions[0]?.file ?? '');
      expect(Math.abs(ours.frames - theirs.frames), `${ours.frames} and ${theirs.frames} frames`).toBeLessThanOrEqual(
        1,
      );
      expect(ours.beep === null).toBe(theirs.beep === null);
      // Where a file begins is each one's own decision; how far sound and picture are apart is not.
      if (ours.beep === null || theirs.beep === null) return;
      const getDistance = ({ flash, beep }: typeof ours) => (flash ?? Number.NaN) - (beep ?? Number.NaN);
      expect(Math.abs(getDistance(ours) - getDistance(theirs))).toBeLessThanOrEqual(FRAME);
    },
  );
});
