import '../../server/platform/media/node-av-polyfills.ts';
import { Decoder, Demuxer, FilterAPI } from 'node-av';
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';

/** What a player meets in a file or an HLS playlist, decoded to the end. Times in seconds of the stream's own clock. */
export interface Measured {
  readonly width: number;
  readonly height: number;
  /** True when players are told to turn the picture. */
  readonly hasMatrix: boolean;
  readonly frames: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** When the picture turns bright, and when sound begins; null when that does not happen. */
  readonly flash: number | null;
  readonly beep: number | null;
}

const BRIGHT = 128;
const LOUD = 0.05;
const RATE = 48_000;

export async function measure(file: string): Promise<Measured> {
  const picture = await measurePicture(file);
  return { ...picture, beep: await findBeep(file) };
}

async function measurePicture(file: string): Promise<Omit<Measured, 'beep'>> {
  const input = await Demuxer.open(file);
  try {
    const video = input.video();
    if (!video) throw new Error(`${file} has no picture.`);
    const { width, height } = video.codecpar;
    using decoder = await Decoder.create(video);
    using filter = FilterAPI.create('scale=16:16:flags=area,format=gray');
    const times: number[] = [];
    let flash: number | null = null;
    for await (const frame of filter.frames(decoder.frames(input.packets(video.index)))) {
      if (!frame) continue;
      const time = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
      times.push(time);
      const pixels = frame.data?.[0]?.subarray(0, 16) ?? [];
      const luma = [...pixels].reduce((sum, value) => sum + value, 0) / 16;
      if (flash === null && luma > BRIGHT) flash = time;
      frame.free();
    }
    return {
      width,
      height,
      hasMatrix: video.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX) !== null,
      frames: times.length,
      firstFrame: Math.min(...times),
      lastFrame: Math.max(...times),
      flash,
    };
  } finally {
    await input.close();
  }
}

async function findBeep(file: string): Promise<number | null> {
  const input = await Demuxer.open(file);
  try {
    const audio = input.audio();
    if (!audio) return null;
    using decoder = await Decoder.create(audio);
    using filter = FilterAPI.create(`aformat=sample_fmts=flt:channel_layouts=mono:sample_rates=${RATE}`);
    for await (const frame of filter.frames(decoder.frames(input.packets(audio.index)))) {
      if (!frame) continue;
      const bytes = frame.data?.[0];
      const start = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
      const samples = bytes ? new Float32Array(bytes.buffer, bytes.byteOffset, frame.nbSamples) : [];
      const loud = [...samples].findIndex((value) => Math.abs(value) > LOUD);
      frame.free();
      if (loud >= 0) return start + loud / RATE;
    }
    return null;
  } finally {
    await input.close();
  }
}
