import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type CodecContext,
  Decoder,
  type Demuxer,
  Encoder,
  FilterAPI,
  type Muxer,
  type Packet,
  Rational,
} from 'node-av';
import { FF_ENCODER_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { type Rendition, type Transcoded, UnreadableMediaError } from '../tasks/protocol.ts';
import { getPeakRate, openInput } from './input.ts';
import { openOutput } from './output.ts';
import { getPictureFilters } from './picture-filters.ts';
import { fitInto, getDisplaySize, type Size } from './picture-geometry.ts';
import { getOrigin, getPictureTiming, getSoundTiming } from './timeline.ts';
import { chooseSound, chooseVideo } from './track-choice.ts';

/** Heights of the lower steps of a ladder; a step is made where it is well below the source. */
const LADDER = [720, 480, 360];
/** Players seek by keyframe and HLS cuts at them, so one stands every two seconds, where frames come at their peak rate. */
const KEYFRAME_SECONDS = 2;
const MAX_WIDTH = 1920;
const MAX_HEIGHT = 1080;
const MAX_RATE = 60;
/** Ticks per second of the renditions' pictures: those of MPEG, which all common frame times are multiples of. */
const TIMEBASE = 90_000;
/** The same for sources so long that one frame may be held for more ticks than the container can count (2^31). */
const LONG_TIMEBASE = 12_000;
const LONG_SECONDS = 6 * 3600;
const NO_PICTURE = 'No picture could be decoded from this file.';

/** The sizes to encode: the source (never upscaled, within 1080p, even), and with `ladder` the steps below it. */
export function renditionSizes(source: Size, ladder: boolean): Size[] {
  const box =
    source.width >= source.height ? { width: MAX_WIDTH, height: MAX_HEIGHT } : { width: MAX_HEIGHT, height: MAX_WIDTH };
  const top = fitInto(source, box);
  const short = Math.min(top.width, top.height);
  const steps = ladder ? LADDER.filter((height) => height < short * 0.85) : [];
  return [
    top,
    ...steps.map((step) =>
      fitInto(top, { width: Math.ceil((top.width * step) / short), height: Math.ceil((top.height * step) / short) }),
    ),
  ];
}

/** What was written of one stream, in seconds. */
interface Written {
  packets: number;
  end: number;
  /** Starts of the second packet (the first one may have been moved to 0) and of the last. */
  second: number;
  last: number;
}

/** Writes what an encoder makes, and measures it. */
async function writeAll(
  packets: AsyncIterable<Packet | null>,
  output: Muxer,
  index: number,
  onTime: (seconds: number) => void,
): Promise<Written> {
  const written: Written = { packets: 0, end: 0, second: 0, last: 0 };
  for await (const packet of packets) {
    if (!packet) continue;
    const { num, den } = packet.timeBase;
    const time = (Number(packet.pts) * num) / den;
    written.packets += 1;
    if (written.packets === 2) written.second = time;
    written.last = Math.max(written.last, time);
    written.end = Math.max(written.end, time + (Number(packet.duration) * num) / den);
    onTime(time);
    output.writePacketSync(packet, index);
    packet.free();
  }
  output.writePacketSync(null, index);
  return written;
}

interface Source {
  readonly path: string;
  /** Stream of the sound; null for silence. */
  readonly sound: number | null;
}

async function encodeRendition(
  { path: inputPath, sound }: Source,
  file: string,
  size: Size,
  onTime: (seconds: number) => void,
): Promise<{ picture: Written; sound: Written | null }> {
  const input = await openInput(inputPath);
  const video = chooseVideo(input);
  const origin = getOrigin(input);
  const peak = getPeakRate(video);
  // A damaged stretch is skipped, as players do; only a file without any picture fails.
  using decoder = await Decoder.create(video, { exitOnError: false });
  const filters = await getPictureFilters(video, {
    path: inputPath,
    size,
    flags: 'bicubic',
    fields: 'send_field',
    before: [getPictureTiming(origin)],
    between: peak > MAX_RATE ? [`fps=${MAX_RATE}`] : [],
  });
  using filter = FilterAPI.create(filters);
  const rate = Math.min(MAX_RATE, filters.includes('send_field') ? 2 * peak : peak);
  const keyframes = Math.max(1, Math.round(rate * KEYFRAME_SECONDS));
  // Without B-frames what is decoded first is shown first, so that HLS starts at zero and a second means the same frame in
  // every player: with them fMP4 shows all frames two late, or leaves it to each player to make up for it.
  using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    decoder,
    filter,
    gopSize: keyframes,
    // By itself the encoder counts frames; these keep the times that they have in the source.
    configure: (context: CodecContext) => {
      context.timeBase = new Rational(1, input.duration > LONG_SECONDS ? LONG_TIMEBASE : TIMEBASE);
    },
    options: {
      preset: 'veryfast',
      crf: 23,
      'x264-params': `keyint=${keyframes}:min-keyint=${keyframes}:scenecut=0:open-gop=0:bframes=0`,
    },
  });
  // Not told of its input: it would copy the display matrix to pictures that are upright already.
  const output = await openOutput(file, { options: { movflags: '+faststart' } });
  try {
    const index = output.addStream(encoder);
    const pictures = encoder.packets(filter.frames(decoder.frames(input.packets(video.index))));
    if (sound === null) return { picture: await writeAll(pictures, output, index, onTime), sound: null };
    return await withSound({ input, sound, origin, output }, (write) =>
      Promise.all([writeAll(pictures, output, index, onTime), write]),
    );
  } finally {
    await output.close();
    await input.close();
  }
}

/** Encodes the sound beside the pictures. */
async function withSound(
  { input, sound, origin, output }: { input: Demuxer; sound: number; origin: number; output: Muxer },
  run: (sound: Promise<Written>) => Promise<[Written, Written]>,
): Promise<{ picture: Written; sound: Written }> {
  const stream = input.streams[sound];
  if (!stream) throw new UnreadableMediaError(NO_PICTURE);
  using decoder = await Decoder.create(stream, { exitOnError: false });
  using filter = FilterAPI.create(`${getSoundTiming(origin)},aformat=sample_fmts=fltp:channel_layouts=stereo`);
  using encoder = await Encoder.create(FF_ENCODER_AAC, { decoder, filter, bitrate: '128k' });
  const index = output.addStream(encoder);
  const packets = encoder.packets(filter.frames(decoder.frames(input.packets(sound))));
  const [picture, written] = await run(writeAll(packets, output, index, () => undefined));
  return { picture, sound: written };
}

/** Containers whose duration is a guess from the first and the last time in them. */
const GUESSED_DURATION = new Set(['mpegts', 'mpeg']);

/** Seconds that a file says it holds; 0 when it does not say. Some count them from their origin, some from 0. */
function getAnnounced(input: Demuxer): number {
  if (GUESSED_DURATION.has(input.formatName)) return 0;
  return Math.max(0, Math.min(input.duration, input.duration - getOrigin(input)));
}

/** Said when less could be read than the file announces. */
function getDamageWarning(announced: number, readable: number): string[] {
  const missing = announced - readable;
  if (missing < Math.max(1, announced * 0.02)) return [];
  return [`Only ${readable.toFixed(1)} of ${announced.toFixed(1)} s could be read: the file is incomplete or damaged.`];
}

/**
 * Encodes H.264/AAC mp4 renditions of a file into `outputDir`, largest first: frames at the times of the source (at most
 * 60 per second), upright, with square pixels, a keyframe every 2 s, never upscaled. With `ladder`, smaller ones too.
 */
export async function transcode(
  args: { input: string; outputDir: string; ladder: boolean },
  onProgress: (fraction: number) => void,
): Promise<Transcoded> {
  await mkdir(args.outputDir, { recursive: true });
  const input = await openInput(args.input);
  const display = getDisplaySize(chooseVideo(input));
  const [length, announced] = [input.duration, getAnnounced(input)];
  await input.close();
  const choice = await chooseSound(args.input);
  const source = { path: args.input, sound: choice.index };
  const sizes = renditionSizes(display, args.ladder);
  const renditions: Rendition[] = [];
  let duration = 0;
  let frameRate = 0;
  for (const [index, size] of sizes.entries()) {
    const file = path.join(args.outputDir, `${size.height}p.mp4`);
    const onTime = (time: number) =>
      onProgress((index + (length > 0 ? Math.min(0.99, time / length) : 0)) / sizes.length);
    const { picture, sound } = await encodeRendition(source, file, size, onTime);
    if (picture.packets === 0) throw new UnreadableMediaError(NO_PICTURE);
    duration = Math.max(picture.end, sound?.end ?? 0);
    const span = picture.last - picture.second;
    frameRate = span > 0 ? (picture.packets - 2) / span : 0;
    const bytes = (await stat(file)).size;
    renditions.push({ file, ...size, bandwidth: Math.ceil((bytes * 8) / Math.max(duration, 0.001)) });
  }
  const warnings = [...choice.warnings, ...getDamageWarning(announced, duration)];
  return { renditions, duration, frameRate, warnings };
}
