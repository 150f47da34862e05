import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import '../../server/platform/tasks/media/node-av-polyfills.ts';
import { type Color, type Measured, measure } from '../clips/measure.ts';
import { makeSource } from '../clips/sources/make-source.ts';
import type { Source } from '../clips/sources/source.ts';
import { SOURCES } from '../clips/sources/table.ts';
import { CORNERS } from '../clips/sources/test-picture.ts';

const { packageHls } = await import('../../server/platform/tasks/media/package-hls.ts');
const { poster } = await import('../../server/platform/tasks/media/poster.ts');
const { transcodeWhole } = await import('../clips/transcode-whole.ts');

/** One frame of 25 per second. */
const FRAME = 0.04;
const COLOR_TOLERANCE = 24;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sources-'));
});
afterAll(() => rm(folder, { recursive: true }));

const toColor = (hex: string): Color => [
  Number.parseInt(hex.slice(2, 4), 16),
  Number.parseInt(hex.slice(4, 6), 16),
  Number.parseInt(hex.slice(6, 8), 16),
];
const MARKS = { R: toColor(CORNERS[0]), G: toColor(CORNERS[1]), B: toColor(CORNERS[2]), Y: toColor(CORNERS[3]) };

/** How far two colors are apart in the component that differs most. */
const getDistance = (a: Color, b: Color) => Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? 0))));

function expectPicture(played: Measured, { expected = {}, pictures = [{}], duration = 2 }: Source): void {
  const shown = pictures.at(-1) ?? {};
  const even = (expected.size ?? shown.size ?? [160, 120]).map((side) => Math.floor(side / 2) * 2);
  expect([played.width, played.height]).toEqual(even);
  const frames = expected.frames ?? Math.round(duration * (shown.rate ?? 25));
  expect(played).toMatchObject({ hasMatrix: false, firstFrame: 0, combedFrames: 0, frames });
  const corners = [...(expected.corners ?? 'RGBY')].map((mark) => MARKS[mark as keyof typeof MARKS]);
  const off = corners.map((color, at) => getDistance(color, played.corners[at] ?? [0, 0, 0]));
  const tolerance = expected.colorTolerance ?? COLOR_TOLERANCE;
  expect(Math.max(...off), `corners ${JSON.stringify(played.corners)}`).toBeLessThanOrEqual(tolerance);
}

function expectTimes(played: Measured, { expected = {}, flashAt = 1 }: Source): void {
  const { flash = flashAt, beep = flash, leftShare = 0.5 } = expected;
  expect(Math.abs((played.flash ?? Number.NaN) - flash), `flash at ${played.flash}`).toBeLessThanOrEqual(FRAME);
  if (beep === null) {
    expect(played.beep).toBeNull();
    return;
  }
  expect(Math.abs((played.beep ?? Number.NaN) - beep), `beep at ${played.beep}`).toBeLessThanOrEqual(FRAME);
  expect(played.leftShare).toBeCloseTo(leftShare, 1);
}

async function expectTracks(hls: string, { expected = {} }: Source): Promise<void> {
  const master = await readFile(path.join(hls, 'master.m3u8'), 'utf8');
  const named = (type: string) =>
    [...master.matchAll(new RegExp(`TYPE=${type}.*NAME="([^"]*)"`, 'g'))].map(([, name]) => name);
  expect(named('AUDIO')).toEqual(expected.audioTracks ?? []);
  const subtitles = expected.subtitles ?? [];
  expect(named('SUBTITLES')).toHaveLength(subtitles.length);
  for (const [index, text] of subtitles.entries())
    expect(await readFile(path.join(hls, `subtitles${index}`, 'subtitles.vtt'), 'utf8')).toMatch(text);
}

test.each(SOURCES.map((source) => [source.title, source] as const))('%s', async (_title, source) => {
  const { expected = {}, duration = 2 } = source;
  const input = await makeSource(folder, source);
  const outputDir = path.join(folder, `${source.file}.out`);
  const result = await transcodeWhole(input, outputDir);
  const hls = path.join(outputDir, 'hls');
  await packageHls({ ...result, outputDir: hls }, () => undefined);
  const played = await measure(path.join(hls, 'master.m3u8'));
  expectPicture(played, source);
  expectTimes(played, source);
  await expectTracks(hls, source);
  expect(Math.abs(result.duration - (expected.duration ?? duration))).toBeLessThanOrEqual(2 * FRAME);
  const warnings = expected.warnings ?? [];
  expect(result.warnings).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
});

test('a file of which only the start has arrived has a poster of what is there', async () => {
  const file = await makeSource(folder, {
    file: 'cut-off.mp4',
    duration: 20,
    container: { movflags: '+faststart' },
    damage: (bytes) => {
      const media = bytes.indexOf('mdat');
      return bytes.subarray(0, media + 0.05 * (bytes.length - media));
    },
  });
  const output = path.join(folder, 'cut-off.jpg');
  await poster({ input: file, output });
  expect((await readFile(output)).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});
