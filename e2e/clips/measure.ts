import '../../server/platform/tasks/media/node-av-polyfills.ts';
import { Decoder, Demuxer, FilterAPI, type Frame } from 'node-av';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { isCombed } from '../../server/platform/tasks/media/fields.ts';
import { getFragmentDelay } from './composition-offsets.ts';

/** What a player meets in a file or an HLS playlist, decoded to the end. Times in seconds of the stream's own clock. */
export interface Measured {
  readonly width: number;
  readonly height: number;
  /** True when players are told to turn the picture. */
  readonly hasMatrix: boolean;
  readonly frames: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** When the middle of the picture turns bright, and when sound begins; null when that does not happen. */
  readonly flash: number | null;
  readonly beep: number | null;
  /** Loudness of the left channel by that of both while the beep sounds (0.5 when both are alike). */
  readonly leftShare: number | null;
  /** Colors (RGB) near the corners of the first frame, clockwise from the upper left. */
  readonly corners: readonly Color[];
  /** Frames whose neighboring lines come from different times. */
  readonly combedFrames: number;
}

export type Color = readonly [red: number, green: number, blue: number];

const BRIGHT = 128;
const LOUD = 0.05;
const RATE = 48_000;

export async function measure(file: string): Promise<Measured> {
  return { ...(await measurePicture(file)), ...(await measureSound(file)) };
}

type Sound = Pick<Measured, 'beep' | 'leftShare'>;

/** Brightness (0..255) of the middle of a frame of gray pixels. */
function getMiddle({ width, height, linesize, data }: Frame): number {
  const [pixels, stride] = [data?.[0] ?? Buffer.alloc(0), linesize[0] ?? width];
  let sum = 0;
  let count = 0;
  for (let row = Math.floor(height * 0.4); row < height * 0.6; row += 1) {
    for (let column = Math.floor(width * 0.4); column < width * 0.6; column += 1) {
      sum += pixels[row * stride + column] ?? 0;
      count += 1;
    }
  }
  return sum / Math.max(1, count);
}

function getColor({ width, linesize, data }: Frame, x: number, y: number): Color {
  const at = y * (linesize[0] ?? width * 3) + x * 3;
  const [red = 0, green = 0, blue = 0] = data?.[0]?.subarray(at, at + 3) ?? [];
  return [red, green, blue];
}

/** The corners are looked at this far inside, as a share of the size. */
const INSET = 0.08;

function getCorners(frame: Frame): Color[] {
  const [left, top] = [Math.floor(frame.width * INSET), Math.floor(frame.height * INSET)];
  const [right, bottom] = [frame.width - 1 - left, frame.height - 1 - top];
  return [
    getColor(frame, left, top),
    getColor(frame, right, top),
    getColor(frame, right, bottom),
    getColor(frame, left, bottom),
  ];
}

async function measurePicture(file: string): Promise<Omit<Measured, keyof Sound>> {
  const input = await Demuxer.open(file);
  try {
    const video = input.video();
    if (!video) throw new Error(`${file} has no picture.`);
    const { width, height } = video.codecpar;
    using decoder = await Decoder.create(video);
    using toGray = FilterAPI.create('format=gray');
    using toRgb = FilterAPI.create('scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd,format=rgb24');
    const delay = file.endsWith('.m3u8') ? await getFragmentDelay(file) : 0;
    const times: number[] = [];
    let corners: Color[] = [];
    let flash: number | null = null;
    let combedFrames = 0;
    for (const decoded of decoder.framesSync(input.packetsSync(video.index))) {
      if (!decoded) continue;
      if (corners.length === 0) {
        for (const frame of toRgb.framesSync(decoded)) if (frame) corners = getCorners(frame);
      }
      for (const frame of toGray.framesSync(decoded)) {
        if (!frame) continue;
        const time = ((Number(frame.pts) - delay) * frame.timeBase.num) / frame.timeBase.den;
        times.push(time);
        if (flash === null && getMiddle(frame) > BRIGHT) flash = time;
        const pixels = frame.data?.[0];
        if (pixels && isCombed(pixels, frame.linesize[0] ?? frame.width, frame.height)) combedFrames += 1;
        frame.free();
      }
      decoded.free();
    }
    return {
      width,
      height,
      hasMatrix: video.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX) !== null,
      frames: times.length,
      firstFrame: Math.min(...times),
      lastFrame: Math.max(...times),
      flash,
      corners,
      combedFrames,
    };
  } finally {
    await input.close();
  }
}

const NO_SOUND: Sound = { beep: null, leftShare: null };

async function measureSound(file: string): Promise<Sound> {
  const input = await Demuxer.open(file);
  try {
    const audio = input.audio();
    if (!audio) return NO_SOUND;
    using decoder = await Decoder.create(audio);
    using filter = FilterAPI.create(`aformat=sample_fmts=flt:channel_layouts=stereo:sample_rates=${RATE}`);
    let beep: number | null = null;
    const loudness = [0, 0];
    for (const frame of filter.framesSync(decoder.framesSync(input.packetsSync(audio.index)))) {
      if (!frame) continue;
      const bytes = frame.data?.[0];
      const start = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
      const samples = bytes ? [...new Float32Array(bytes.buffer, bytes.byteOffset, frame.nbSamples * 2)] : [];
      frame.free();
      const loud = samples.findIndex((value) => Math.abs(value) > LOUD);
      if (beep === null && loud >= 0) beep = start + Math.floor(loud / 2) / RATE;
      for (const [index, value] of samples.entries()) loudness[index % 2] = (loudness[index % 2] ?? 0) + value * value;
    }
    const [left = 0, right = 0] = loudness.map(Math.sqrt);
    return beep === null ? NO_SOUND : { beep, leftShare: left / (left + right) };
  } finally {
    await input.close();
  }
}
