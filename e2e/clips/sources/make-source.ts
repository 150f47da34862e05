import '../../../server/platform/tasks/media/node-av-polyfills.ts';
import { readFile, writeFile } from 'node:fs/promises';
import type { CodecContext, Muxer, Packet } from 'node-av';
import {
  AV_CODEC_ID_MOV_TEXT,
  AV_DISPOSITION_DEFAULT,
  AV_LOG_QUIET,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
  type FFAudioEncoder,
  type FFVideoEncoder,
} from 'node-av/constants';
import { testPictureGraph, testToneGraph } from './test-picture.ts';

/** How a source is made. What is left out is as ordinary as can be. Times are in seconds. */
export interface SourceOptions {
  /** Its ending names the container. */
  readonly file: string;
  readonly pictures?: readonly PictureOptions[];
  readonly sounds?: readonly SoundOptions[];
  readonly subtitles?: readonly SubtitleOptions[];
  readonly duration?: number;
  /** When picture and sound show their flash and beep. */
  readonly flashAt?: number;
  /** Added to all times. */
  readonly offset?: number;
  /** Options of the container. */
  readonly container?: Readonly<Record<string, string>>;
  /** First four numbers of the display matrix (mp4 and mov only). */
  readonly matrix?: readonly [a: number, b: number, c: number, d: number];
  /** What is done to the bytes at last. */
  readonly damage?: (bytes: Buffer) => Buffer;
}

interface TrackOptions {
  readonly options?: Readonly<Record<string, string>>;
  readonly isDefault?: boolean;
  readonly language?: string;
  readonly title?: string;
  /** The track starts this late, relative to the others. */
  readonly delay?: number;
  /** Packets between these times are left out. */
  readonly hole?: readonly [from: number, to: number];
}

export interface PictureOptions extends TrackOptions {
  readonly codec?: FFVideoEncoder;
  readonly size?: readonly [width: number, height: number];
  /** Frames per second that are drawn. */
  readonly rate?: number;
  /** Filters for the drawn frames, which are RGB; the last gives the encoder the pixels that it takes. */
  readonly filter?: string;
  readonly gopSize?: number;
  /** Denominator of the encoder's time base, where frames have uneven times. */
  readonly ticks?: number;
  /** Told to the container, where it writes nothing without it (MXF). */
  readonly framerate?: number;
}

export interface SoundOptions extends TrackOptions {
  readonly codec?: FFAudioEncoder;
  readonly layout?: string;
  /** Which channels beep. */
  readonly channels?: readonly boolean[];
  readonly sampleRate?: number;
  /** The encoder's sample format. */
  readonly format?: string;
}

export interface SubtitleOptions {
  /** A subtitle file, and its ending. */
  readonly text: string;
  readonly format: 'srt' | 'ass' | 'vtt';
  readonly language?: string;
  /** As mp4 keeps text (3GPP TS 26.245). */
  readonly isTimedText?: boolean;
}

/** Pixels of an ordinary small video: BT.601 in limited range. */
export const SD_PIXELS = 'scale=out_color_matrix=bt601:out_range=tv:flags=accurate_rnd,format=yuv420p';

/** One stream of the source on its way. */
interface Track {
  readonly index: number;
  readonly packets: Generator<Packet>;
  /** Null at the end. */
  next: Packet | null;
  close(): void;
}

interface Encoding {
  readonly graph: string;
  readonly filter: string;
  readonly codec: FFVideoEncoder | FFAudioEncoder;
  readonly gopSize?: number;
  readonly ticks?: number;
  readonly framerate?: number;
  readonly track: TrackOptions;
}

const toTicks = (seconds: number, { num, den }: { num: number; den: number }) =>
  BigInt(Math.round((seconds * den) / num));
const getTime = ({ dts, timeBase }: Packet) => (Number(dts) * timeBase.num) / timeBase.den;

function* shift(
  packets: Iterable<Packet | null>,
  seconds: number,
  hole?: readonly [number, number],
): Generator<Packet> {
  for (const packet of packets) {
    if (!packet) continue;
    const time = getTime(packet);
    if (hole && time >= hole[0] && time < hole[1]) continue;
    const ticks = toTicks(seconds, packet.timeBase);
    packet.pts += ticks;
    packet.dts += ticks;
    yield packet;
  }
}

function begin(track: Omit<Track, 'next'>): Track {
  const first = track.packets.next();
  return { ...track, next: first.done ? null : first.value };
}

async function openEncoding(output: Muxer, offset: number, encoding: Encoding): Promise<Track> {
  const { Decoder, Demuxer, Dictionary, Encoder, FilterAPI, Rational } = await import('node-av');
  const { options = {}, isDefault = true, language, title, delay = 0, hole } = encoding.track;
  const input = await Demuxer.open(encoding.graph, { format: 'lavfi' });
  const stream = input.video() ?? input.audio();
  if (!stream) throw new Error('The graph has no output.');
  const decoder = await Decoder.create(stream);
  const filter = FilterAPI.create(encoding.filter);
  const encoder = await Encoder.create(encoding.codec, {
    decoder,
    filter,
    gopSize: encoding.gopSize,
    configure: (context: CodecContext) => {
      if (encoding.ticks !== undefined) context.timeBase = new Rational(1, encoding.ticks);
      else if (encoding.framerate !== undefined) context.framerate = new Rational(encoding.framerate, 1);
      for (const [name, value] of Object.entries(options)) context.setOption(name, value);
    },
  });
  const index = output.addStream(encoder);
  const written = output.getStream(index);
  if (written) {
    if (isDefault) written.disposition = AV_DISPOSITION_DEFAULT;
    written.metadata = Dictionary.fromObject({ ...(language && { language }), ...(title && { title }) });
  }
  const encoded = encoder.packetsSync(filter.framesSync(decoder.framesSync(input.packetsSync())));
  const close = () => {
    encoder.close();
    filter.close();
    decoder.close();
    input.closeSync();
  };
  return begin({ index, packets: shift(encoded, offset + delay, hole), close });
}

function* toTimedText(packets: Iterable<Packet>): Generator<Packet> {
  for (const packet of packets) {
    const text = packet.data ?? Buffer.alloc(0);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(text.length);
    const { pts, dts, duration, timeBase, flags } = packet;
    packet.data = Buffer.concat([length, text]);
    // New data resets the rest.
    Object.assign(packet, { pts, dts, duration, timeBase, flags });
    yield packet;
  }
}

async function openSubtitles(
  output: Muxer,
  { path, offset }: { path: string; offset: number },
  options: SubtitleOptions,
): Promise<Track> {
  const { Demuxer, Dictionary } = await import('node-av');
  await writeFile(path, options.text);
  const input = await Demuxer.open(path);
  const [stream] = input.streams;
  if (!stream) throw new Error('There are no subtitles in the text.');
  const index = output.addStream(stream);
  const written = output.getStream(index);
  if (written && options.isTimedText) written.codecpar.codecId = AV_CODEC_ID_MOV_TEXT;
  if (written && options.language) written.metadata = Dictionary.fromObject({ language: options.language });
  const packets = shift(input.packetsSync(), offset);
  return begin({
    index,
    packets: options.isTimedText ? toTimedText(packets) : packets,
    close: () => input.closeSync(),
  });
}

/** Makes a source file in a folder, its tracks interleaved by time; returns its path. */
export async function makeSource(folder: string, options: SourceOptions): Promise<string> {
  const { Log, Muxer } = await import('node-av');
  // Encoders report on themselves, SVT-AV1 in its own way.
  Log.setLevel(AV_LOG_QUIET);
  process.env.SVT_LOG ??= '0';
  const { duration = 2, flashAt = 1, offset = 0, pictures = [{}], sounds = [{}], subtitles = [] } = options;
  const file = `${folder}/${options.file}`;
  const output = await Muxer.open(file, { options: options.container ?? {} });
  const tracks: Track[] = [];
  for (const picture of pictures) {
    const { size: [width, height] = [160, 120], rate = 25, codec = FF_ENCODER_LIBX264, filter = SD_PIXELS } = picture;
    const { delay = 0, gopSize = rate, ticks, framerate } = picture;
    const graph = testPictureGraph({ width, height, rate, duration: duration - delay, flashAt: flashAt - delay });
    tracks.push(
      await openEncoding(output, offset, { graph, filter, codec, gopSize, ticks, framerate, track: picture }),
    );
  }
  for (const sound of sounds) {
    const { layout = 'mono', channels = [true], sampleRate = 48_000, format = 'fltp', delay = 0 } = sound;
    const { codec = FF_ENCODER_AAC } = sound;
    const tone = { layout, channels, sampleRate, duration: duration - delay, beepAt: flashAt - delay };
    const filter = `aformat=sample_fmts=${format}:channel_layouts=${layout}:sample_rates=${sampleRate}`;
    tracks.push(await openEncoding(output, offset, { graph: testToneGraph(tone), filter, codec, track: sound }));
  }
  for (const [index, track] of subtitles.entries()) {
    const path = `${file}.${index}.${track.format}`;
    tracks.push(await openSubtitles(output, { path, offset }, track));
  }

  for (;;) {
    const ready = tracks.filter((track) => track.next !== null);
    const [track] = ready.sort((a, b) => (a.next ? getTime(a.next) : 0) - (b.next ? getTime(b.next) : 0));
    if (!track?.next) break;
    output.writePacketSync(track.next, track.index);
    track.next.free();
    const following = track.packets.next();
    track.next = following.done ? null : following.value;
  }
  await output.close();
  for (const track of tracks) track.close();
  if (options.matrix) await writeMatrix(file, options.matrix);
  if (options.damage) await writeFile(file, options.damage(await readFile(file)));
  return file;
}

/** Bytes between the start of a version-0 track header's name and its matrix (ISO 14496-12, 8.3.2). */
const MATRIX_OFFSET = 44;
const FIXED_POINT = 0x10000;

/** Makes an mp4 file ask to be shown turned or mirrored, as phones do. */
async function writeMatrix(file: string, [a, b, c, d]: readonly [number, number, number, number]): Promise<void> {
  const bytes = await readFile(file);
  const header = bytes.indexOf('tkhd');
  const matrix = [a * FIXED_POINT, b * FIXED_POINT, 0, c * FIXED_POINT, d * FIXED_POINT, 0, 0, 0, 0x40000000];
  for (const [index, value] of matrix.entries()) bytes.writeInt32BE(value, header + MATRIX_OFFSET + index * 4);
  await writeFile(file, bytes);
}
