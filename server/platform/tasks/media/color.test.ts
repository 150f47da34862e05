import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import './node-av-polyfills.ts';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGraph } from '../../../../e2e/clips/encode-graph.ts';

const { Decoder, Demuxer, FilterAPI } = await import('node-av');
const { transcode } = await import('./transcode.ts');

/** By so much a code value may differ from what it should be. */
const TOLERANCE = 3;
/** What the test itself converts must not add to the difference. */
const EXACT = 'flags=bicubic+accurate_rnd+full_chroma_int';
const PATCHES = ['0xC81E1E', '0x1EA03C', '0x2846C8', '0xE6C828', '0x808080'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'color-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The code values (Y, Cb, Cr) in the middle of the first frame. */
async function readCodes(file: string): Promise<number[]> {
  const input = await Demuxer.open(file);
  const video = input.video();
  if (!video) throw new Error('There is no picture.');
  using decoder = await Decoder.create(video);
  using filter = FilterAPI.create('format=yuv444p');
  for await (const frame of filter.frames(decoder.frames(input.packets(video.index)))) {
    if (!frame) continue;
    const codes = [0, 1, 2].map((plane) => {
      const at = (frame.height / 2) * (frame.linesize[plane] ?? 0) + frame.width / 2;
      return frame.data?.[plane]?.[at] ?? -1;
    });
    await input.close();
    return codes;
  }
  throw new Error('There is no frame.');
}

/** Code values of a color in BT.709 and limited range (ITU-R BT.709-6, item 3). */
function toCodes([red = 0, green = 0, blue = 0]: number[]): number[] {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [
    16 + (219 * luma) / 255,
    128 + (224 * (blue - luma)) / 1.8556 / 255,
    128 + (224 * (red - luma)) / 1.5748 / 255,
  ];
}

const toRgb = (hex: string) => [2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

test.each([
  ['BT.601, limited', 'smpte170m', 'tv', 'bt601', 640, 360],
  ['BT.601, full', 'smpte170m', 'pc', 'bt601', 640, 360],
  ['BT.709, full', 'bt709', 'pc', 'bt709', 1280, 720],
  ['untagged and small, which is BT.601', 'unknown', 'tv', 'bt601', 640, 360],
  ['untagged and large, which is BT.709', 'unknown', 'tv', 'bt709', 1280, 720],
] as const)('keeps the colors of a source in %s', async (title, space, range, matrix, width, height) => {
  for (const patch of PATCHES) {
    const input = path.join(folder, `${title}-${patch}.mp4`.replaceAll(/[^\w.-]/g, '_'));
    await encodeGraph(input, {
      graph: `color=c=${patch}:s=${width}x${height}:r=5:d=0.4`,
      codec: FF_ENCODER_LIBX264,
      filter: `format=rgb24,scale=out_color_matrix=${matrix}:out_range=${range}:${EXACT},format=yuv420p,setparams=range=${range}:colorspace=${space}:color_primaries=unknown:color_trc=unknown`,
      options: { qp: 0 },
    });
    const { renditions } = await transcode(
      { input, outputDir: path.join(folder, 'out'), mayCopy: true },
      () => undefined,
    );
    const codes = await readCodes(renditions[0]?.file ?? '');
    for (const [index, value] of toCodes(toRgb(patch)).entries())
      expect(Math.abs((codes[index] ?? -1) - value), `${patch} became ${codes}`).toBeLessThanOrEqual(TOLERANCE);
  }
});
