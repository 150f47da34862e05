import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../../server/platform/tasks/media/node-av-polyfills.ts';
import { measure } from '../clips/measure.ts';

const { packageHls } = await import('../../server/platform/tasks/media/package-hls.ts');
const { poster } = await import('../../server/platform/tasks/media/poster.ts');
const { transcodeWhole } = await import('../clips/transcode-whole.ts');

/**
 * Files like those that people reported elsewhere (how each was made: `e2e/clips/field-cases/README.md`), and what a player
 * has to meet in what becomes of them. Most show a flash and sound a beep at the same time.
 */
const FILES = fileURLToPath(new URL('../clips/field-cases/', import.meta.url));
/** One frame of these clips, in seconds. */
const FRAME = 0.04;

interface Expected {
  readonly size: readonly [width: number, height: number];
  readonly duration: number;
  readonly frames: number;
  /** When the flash comes, where there is one. */
  readonly flash?: number;
  /** False where there is nothing to hear. */
  readonly hasBeep?: boolean;
  readonly frameRate?: number;
  readonly warning?: RegExp;
}

const CLIP = { size: [320, 240], duration: 8, frames: 200, flash: 5, hasBeep: true, frameRate: 25 } as const;

const CASES: Record<string, [title: string, expected: Expected]> = {
  'base.mp4': ['an ordinary file', CLIP],
  'fl_ts14.mpegts': ['a transport stream that starts at 1.4 s', CLIP],
  'fl_ts3600.mpegts': ['a transport stream that starts at one hour', CLIP],
  'fl_avchd.m2ts': ['AVCHD', CLIP],
  'fl_web100.webm': ['a WebM that was captured live and starts at 100 s', CLIP],
  'fl_nodur.webm': ['a WebM without a duration', CLIP],
  'fl_jump10h.mpegts': ['a jump of ten hours', { ...CLIP, duration: 8.1, frames: 202, flash: 5.1 }],
  'fl_adelay.mp4': ['sound that starts two seconds late', CLIP],
  'fl_vdelay.mp4': ['a picture that starts two seconds late', { ...CLIP, frames: 150 }],
  'fl_frag.mp4': ['a fragmented file with B-frames', { ...CLIP, duration: 8.08, flash: 5.08 }],
  'fl_multi.mkv': ['two sound tracks, of which the default one is heard', CLIP],
  'fl_unkaudio.mp4': [
    'sound of an unknown codec',
    { ...CLIP, hasBeep: false, warning: /^There is no sound: its codec \(apple_apac\) is not supported\.$/ },
  ],
  'fl_emptyaudio.mkv': [
    'an empty sound track in Matroska',
    { ...CLIP, hasBeep: false, warning: /^There is no sound: its track is empty or damaged\.$/ },
  ],
  'fl_emptyaudio.mpegts': [
    'an empty sound track in a transport stream',
    { ...CLIP, hasBeep: false, warning: /^There is no sound: its track is empty or damaged\.$/ },
  ],
  'fl_trunc_fast.mp4': [
    'a file that is cut off',
    {
      size: [320, 240],
      duration: 3.88,
      frames: 97,
      frameRate: 25,
      warning: /^Only 3\.9 of 8\.0 s could be read: the file is incomplete or damaged\.$/,
    },
  ],
  'fl_burst.mp4': [
    'one frame per second with a burst of thirty, and a flash of 0.1 s in it',
    { size: [320, 240], duration: 20, frames: 78, flash: 11 },
  ],
  'gap30min.mp4': ['two frames half an hour apart', { size: [160, 120], duration: 1801, frames: 2 }],
  'gap24h.mp4': ['two frames a day apart', { size: [160, 120], duration: 86_401, frames: 2 }],
  'longaudio.mp4': ['sound that outlasts the picture', { size: [160, 120], duration: 10, frames: 50 }],
  'rot90.mp4': ['a display matrix', { size: [180, 320], duration: 2, frames: 50 }],
  'up.mp4': ['the same without one', { size: [320, 180], duration: 2, frames: 50 }],
  'sar_hdv.mp4': ['HDV with pixels that are 4:3', { size: [1920, 1080], duration: 1, frames: 25 }],
  'sar_pal169.mpg': ['a wide PAL DVD', { size: [1024, 576], duration: 2, frames: 50 }],
  'int_mpeg2.mpegts': ['interlaced MPEG-2', { size: [352, 288], duration: 2, frames: 100, frameRate: 50 }],
  'hdr_pq_only_transfer.mp4': ['PQ of which only the transfer is told', { size: [320, 180], duration: 1, frames: 10 }],
  'tall16x4000.mp4': ['a picture 16 pixels wide and 4000 tall', { size: [6, 1920], duration: 1, frames: 5 }],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'field-cases-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what becomes of', () => {
  test.each(Object.entries(CASES))('%s', async (file, [, expected]) => {
    const input = path.join(FILES, file);
    const outputDir = path.join(folder, file);
    const result = await transcodeWhole(input, outputDir);
    const hls = path.join(outputDir, 'hls');
    const packaged = await packageHls({ ...result, outputDir: hls }, () => undefined);
    expect(packaged.scrub).not.toBeNull();
    await poster({ input, output: path.join(outputDir, 'poster.jpg') });

    const played = await measure(path.join(hls, 'master.m3u8'));
    expect([played.width, played.height]).toEqual(expected.size);
    expect(played).toMatchObject({ hasMatrix: false, frames: expected.frames, firstFrame: 0 });
    expect(Math.abs(result.duration - expected.duration)).toBeLessThanOrEqual(FRAME);
    if (expected.flash !== undefined)
      expect(Math.abs((played.flash ?? Number.NaN) - expected.flash)).toBeLessThanOrEqual(FRAME);
    if (expected.hasBeep)
      expect(Math.abs((played.beep ?? Number.NaN) - (played.flash ?? Number.NaN))).toBeLessThanOrEqual(FRAME);
    if (expected.hasBeep === false) expect(played.beep).toBeNull();
    if (expected.frameRate !== undefined) expect(result.frameRate).toBeCloseTo(expected.frameRate, 2);
    if (expected.warning) expect(result.warnings).toEqual([expect.stringMatching(expected.warning)]);
    else expect(result.warnings).toEqual([]);
  });
});
