import {
  avGetPixFmtName,
  BitStreamFilterAPI,
  type Demuxer,
  FFmpegError,
  type Muxer,
  type Packet,
  type Stream,
} from 'node-av';
import {
  AV_CODEC_ID_H264,
  AV_NOPTS_VALUE,
  AV_PKT_FLAG_CORRUPT,
  AV_PKT_FLAG_DISCARD,
  AV_PROFILE_H264_BASELINE,
  AV_PROFILE_H264_CONSTRAINED,
  AV_PROFILE_H264_HIGH,
  AV_PROFILE_H264_MAIN,
  type AVPixelFormat,
} from 'node-av/constants';
import { getPlainMatrix } from './color.ts';
import type { StreamWriter, Written } from './encoding.ts';
import { getFieldFilters } from './fields.ts';
import { getPeakRate } from './input.ts';
import { getDisplaySize, getOrientationFilters, type Size } from './picture-geometry.ts';
import { getOrigin } from './timeline.ts';

/** Which sources are played as they are, without encoding their pictures again, and how those are written. */

/** Containers whose times are what they say: no wraps, no clock of a broadcast. */
const CONTAINERS = /\b(?:mp4|matroska)\b/;
/** Baseline, Main and High with eight bits (H.264, A.2), and what all browsers decode. */
const PROFILES = new Set<number>([
  AV_PROFILE_H264_BASELINE,
  AV_PROFILE_H264_BASELINE | AV_PROFILE_H264_CONSTRAINED,
  AV_PROFILE_H264_MAIN,
  AV_PROFILE_H264_HIGH,
]);
const MAX_LEVEL = 51;
const MAX_RATE = 60.5;
const MAX_BITS_PER_SECOND = 30e6;
/** HLS cuts at keyframes, and players seek by them. */
const MAX_KEYFRAME_SECONDS = 4.05;
/** A first picture that comes later than this is encoded: it is shown from 0 on, and takes the place of what is missing. */
const MAX_START_SECONDS = 0.1;
const BT709 = 1;

/** Flags of the mp4 muxer, which shows pictures that are reordered from 0 on by these, without an edit list. */
export const COPY_FLAGS = '+negative_cts_offsets';

/** Thrown by a copy that meets what only an encoder can put right. */
export class UnfitToCopyError extends Error {
  override name = 'UnfitToCopyError';
}

/** Whether the header of a source promises pictures that can be copied into a rendition of `size`. */
export async function mayCopyVideo(input: Demuxer, video: Stream, path: string, size: Size): Promise<boolean> {
  const { codecpar } = video;
  const display = getDisplaySize(video);
  return (
    CONTAINERS.test(input.formatName) &&
    codecpar.codecId === AV_CODEC_ID_H264 &&
    codecpar.extradata?.[0] === 1 &&
    PROFILES.has(codecpar.profile) &&
    codecpar.level > 0 &&
    codecpar.level <= MAX_LEVEL &&
    avGetPixFmtName(codecpar.format as AVPixelFormat) === 'yuv420p' &&
    getPlainMatrix(video) !== null &&
    // As large as it is, upright, with square pixels.
    codecpar.width === size.width &&
    codecpar.height === size.height &&
    display.width === size.width &&
    display.height === size.height &&
    getOrientationFilters(video).length === 0 &&
    getPeakRate(video) <= MAX_RATE &&
    Number(input.bitRate) * 1000 <= MAX_BITS_PER_SECOND &&
    (await getFieldFilters(path, video, 'send_field')).length === 0
  );
}

/**
 * Copies the pictures of a source into an output at the times that they have there, the first one from 0 on. Where they are
 * shown in another order than they are decoded in, decoding times begin before 0: the muxer writes negative composition
 * offsets then (`COPY_FLAGS`), and browsers show the first picture at 0. The stream says which colors it has, also where
 * its source leaves that to the player. Throws `UnfitToCopyError` as soon as it turns out that
 * the stream cannot be cut, sought or trusted.
 */
export class VideoCopy implements StreamWriter {
  readonly source: number;
  readonly written: Written = { packets: 0, end: 0, second: 0, last: 0 };
  readonly #index: number;
  readonly #output: Muxer;
  /** Writes into the stream which colors it has. */
  readonly #tagger: BitStreamFilterAPI;
  readonly #seconds: number;
  readonly #origin: bigint;
  /** Ticks. */
  #keyframe: bigint | null = null;
  #last = 0n;
  #lastDecoded: bigint | null = null;
  /** Times of the pictures since the last keyframe. */
  readonly #group = new Set<bigint>();

  constructor(input: Demuxer, video: Stream, output: Muxer) {
    this.source = video.index;
    this.#output = output;
    const { num, den } = video.timeBase;
    this.#seconds = num / den;
    this.#origin = BigInt(Math.round(getOrigin(input) / this.#seconds));
    this.#tagger = BitStreamFilterAPI.create('h264_metadata', video, {
      options: {
        colour_primaries: BT709,
        transfer_characteristics: BT709,
        matrix_coefficients: getPlainMatrix(video) ?? BT709,
        video_full_range_flag: 0,
      },
    });
    this.#index = output.addStream(video);
  }

  push(packet: Packet | null): void {
    if (packet === null) {
      if (this.#keyframe !== null) this.#checkInterval(this.#last);
      this.#output.writePacketSync(null, this.#index);
      return;
    }
    const { written } = this;
    if (packet.pts === AV_NOPTS_VALUE || packet.dts === AV_NOPTS_VALUE)
      throw new UnfitToCopyError('a picture has no time');
    if (packet.hasFlags(AV_PKT_FLAG_CORRUPT) || packet.hasFlags(AV_PKT_FLAG_DISCARD))
      throw new UnfitToCopyError('a picture is damaged, or not to be shown');
    if (packet.dts > packet.pts) throw new UnfitToCopyError('a picture is shown before it can be decoded');
    const isFirst = written.packets === 0;
    const at = packet.pts - this.#origin;
    if (isFirst && Number(at) * this.#seconds > MAX_START_SECONDS)
      throw new UnfitToCopyError('the first picture comes late');
    const time = isFirst ? 0n : at;
    if (!isFirst && time <= 0n) throw new UnfitToCopyError('times go back');
    const decoded = packet.dts - this.#origin;
    packet.pts = time;
    packet.dts = decoded < time ? decoded : time;
    if (this.#lastDecoded !== null && packet.dts <= this.#lastDecoded) throw new UnfitToCopyError('times go back');
    this.#lastDecoded = packet.dts;
    this.#checkKeyframe(packet);
    written.packets += 1;
    this.#note(packet);
    for (const tagged of this.#tagger.filterAllSync(packet)) {
      if (isFirst) this.#describeOutput();
      this.#output.writePacketSync(tagged, this.#index);
      tagged.free();
    }
  }

  /** The output is described by what the tagger has made of the stream's parameters: node-av does that for encoders only. */
  #describeOutput(): void {
    const stream = this.#output.getStream(this.#index);
    if (stream) FFmpegError.throwIfError(this.#tagger.outputCodecParameters?.copy(stream.codecpar) ?? 0);
  }

  /** A player that begins at a keyframe has to get all pictures from there on, and no other. */
  #checkKeyframe({ isKeyframe, pts }: Packet): void {
    if (isKeyframe) {
      if (this.#keyframe !== null) this.#checkInterval(pts);
      if (this.#keyframe !== null && this.#last >= pts) throw new UnfitToCopyError('pictures refer across a keyframe');
      this.#keyframe = pts;
      this.#group.clear();
    } else if (this.#keyframe === null) throw new UnfitToCopyError('it does not start with a keyframe');
    else if (pts < this.#keyframe) throw new UnfitToCopyError('pictures refer across a keyframe');
    if (this.#group.has(pts)) throw new UnfitToCopyError('two pictures have the same time');
    this.#group.add(pts);
  }

  #checkInterval(until: bigint): void {
    const seconds = Number(until - (this.#keyframe ?? 0n)) * this.#seconds;
    if (seconds > MAX_KEYFRAME_SECONDS) throw new UnfitToCopyError('keyframes are far apart');
  }

  #note({ pts, duration }: Packet): void {
    const { written } = this;
    const time = Number(pts) * this.#seconds;
    if (written.packets > 1) written.second = written.second === 0 ? time : Math.min(written.second, time);
    if (pts > this.#last) this.#last = pts;
    written.last = Math.max(written.last, time);
    written.end = Math.max(written.end, time + Number(duration) * this.#seconds);
  }

  close(): void {
    this.#tagger.close();
  }
}
