import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CodecContext, type Demuxer, Encoder, FilterAPI, type Muxer, Rational } from 'node-av';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { type Rendition, type Transcoded, UnreadableMediaError } from '../protocol.ts';
import { COPY_FLAGS, mayCopyVideo, UnfitToCopyError, VideoCopy } from './copy-video.ts';
import { openSourceDecoder } from './decode.ts';
import { openAudioEncoding } from './encode-audio.ts';
import { Encoding, type StreamWriter, type Written, writeStreams } from './encoding.ts';
import { getPeakRate, openInput } from './input.ts';
import { openOutput } from './output.ts';
import { getPictureFilters } from './picture-filters.ts';
import { fitInto, getDisplaySize, type Size } from './picture-geometry.ts';
import { probe } from './probe.ts';
import { ShotFinder } from './shot-finder.ts';
import { extractSubtitles } from './subtitles.ts';
import { getOrigin, getPictureTiming } from './timeline.ts';
import { chooseAudio, chooseVideo, type SourceAudioTrack } from './track-choice.ts';

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

/** The size of the main rendition: the source's, never upscaled, within 1080p, even. */
export function getMainSize(source: Size): Size {
  const isUpright = source.width < source.height;
  return fitInto(
    source,
    isUpright ? { width: MAX_HEIGHT, height: MAX_WIDTH } : { width: MAX_WIDTH, height: MAX_HEIGHT },
  );
}

/** The sizes of a ladder below the main rendition, largest first. */
export function getSteps(main: Size): Size[] {
  const short = Math.min(main.width, main.height);
  return LADDER.filter((height) => height < short * 0.85).map((step) =>
    fitInto(main, { width: Math.ceil((main.width * step) / short), height: Math.ceil((main.height * step) / short) }),
  );
}

interface Source {
  readonly path: string;
  readonly audioTracks: readonly SourceAudioTrack[];
}

interface WrittenRendition {
  readonly picture: Written;
  /** Seconds: where the longest audio track ends; 0 for silence. */
  readonly audioEnd: number;
  readonly damagedFrames: number;
}

interface VideoEncoding {
  readonly video: Encoding;
  readonly countDamaged: () => number;
}

interface VideoEncodingOptions {
  /** Path. */
  readonly source: string;
  readonly size: Size;
  readonly output: Muxer;
  readonly shots: ShotFinder | undefined;
}

async function openVideoEncoding(
  input: Demuxer,
  { source, size, output, shots }: VideoEncodingOptions,
): Promise<VideoEncoding> {
  const video = chooseVideo(input);
  const peak = getPeakRate(video);
  const { decoder, countDamaged } = await openSourceDecoder(video);
  const filters = await getPictureFilters(video, {
    path: source,
    size,
    flags: 'bicubic',
    fields: 'send_field',
    before: [getPictureTiming(getOrigin(input))],
    between: peak > MAX_RATE ? [`fps=${MAX_RATE}`] : [],
  });
  const filter = FilterAPI.create(filters);
  const rate = Math.min(MAX_RATE, filters.includes('send_field') ? 2 * peak : peak);
  const keyframes = Math.max(1, Math.round(rate * KEYFRAME_SECONDS));
  // Without B-frames what is decoded first is shown first, so that HLS starts at zero and a second means the same frame in
  // every player: with them fMP4 shows all frames two late, or leaves it to each player to make up for it.
  const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    decoder,
    filter,
    gopSize: keyframes,
    configure: (context: CodecContext) => {
      // By itself the encoder counts frames; these keep the times that they have in the source.
      context.timeBase = new Rational(1, input.duration > LONG_SECONDS ? LONG_TIMEBASE : TIMEBASE);
      // Not as `options`: opened synchronously, the encoder frees that dictionary, and so does its finalizer (node-av 6.1).
      context.setOption('preset', 'veryfast');
      context.setOption('crf', '23');
      context.setOption('x264-params', `keyint=${keyframes}:min-keyint=${keyframes}:scenecut=0:open-gop=0:bframes=0`);
    },
  });
  return { video: new Encoding({ source: video.index, decoder, filter, encoder, output, shots }), countDamaged };
}

interface RenditionOptions {
  readonly source: Source;
  readonly file: string;
  readonly size: Size;
  /** Takes the pictures as they are. Throws `UnfitToCopyError` where that does not do after all. */
  readonly isCopied: boolean;
  /** Gets the pictures as they are encoded. */
  readonly shots?: ShotFinder;
  /** Seconds. */
  readonly onTime: (seconds: number) => void;
}

async function writeRendition({
  source,
  file,
  size,
  isCopied,
  shots,
  onTime,
}: RenditionOptions): Promise<WrittenRendition> {
  const input = await openInput(source.path);
  // Not told of its input: it would copy the display matrix to pictures that are upright already.
  const output = await openOutput(file, {
    options: { movflags: `+faststart${COPY_FLAGS}` },
  });
  const writers: StreamWriter[] = [];
  try {
    const { video, countDamaged } = isCopied
      ? { video: new VideoCopy(input, chooseVideo(input), output), countDamaged: () => 0 }
      : await openVideoEncoding(input, { source: source.path, size, output, shots });
    writers.push(video);
    for (const track of source.audioTracks) writers.push(await openAudioEncoding(input, track, output));
    await writeStreams(input, writers, () => onTime(video.written.last));
    const audioEnd = Math.max(0, ...writers.slice(1).map(({ written }) => written.end));
    return { picture: video.written, audioEnd, damagedFrames: countDamaged() };
  } finally {
    await output.close();
    await input.close();
    for (const writer of writers) writer.close();
  }
}

async function isFitToCopy({ source, size }: Pick<RenditionOptions, 'source' | 'size'>): Promise<boolean> {
  const input = await openInput(source.path);
  const isFit = await mayCopyVideo(input, chooseVideo(input), source.path, size);
  await input.close();
  return isFit;
}

/**
 * A rendition with the pictures of the source where these may be copied and every browser plays them, encoded otherwise. Shots
 * are found while it is encoded, and not in a copy: null.
 */
async function makeRendition({
  mayCopy,
  ...options
}: Omit<RenditionOptions, 'isCopied' | 'shots'> & { mayCopy: boolean }): Promise<
  WrittenRendition & { shots: ShotFinder | null }
> {
  if (mayCopy && (await isFitToCopy(options))) {
    try {
      return { ...(await writeRendition({ ...options, isCopied: true })), shots: null };
    } catch (error) {
      if (!(error instanceof UnfitToCopyError)) throw error;
      await rm(options.file, { force: true });
    }
  }
  const shots = new ShotFinder();
  return { ...(await writeRendition({ ...options, isCopied: false, shots })), shots };
}

/** Containers whose duration is a guess from the first and the last time in them. */
const GUESSED_DURATION = new Set(['mpegts', 'mpeg']);

/** Seconds that a file says it holds; 0 when it does not say. Some count them from their origin, some from 0. */
function getAnnounced(input: Demuxer): number {
  if (GUESSED_DURATION.has(input.formatName)) return 0;
  return Math.max(0, Math.min(input.duration, input.duration - getOrigin(input)));
}

/** What is said of a file that holds less than it announces, or holds it damaged. Times in seconds. */
function getDamageWarnings(announced: number, readable: number, damagedFrames: number): string[] {
  const warnings: string[] = [];
  if (announced - readable >= Math.max(1, announced * 0.02))
    warnings.push(
      `Only ${readable.toFixed(1)} of ${announced.toFixed(1)} s could be read: the file is incomplete or damaged.`,
    );
  if (damagedFrames > 0)
    warnings.push(`${damagedFrames} ${damagedFrames === 1 ? 'frame is' : 'frames are'} damaged in the file.`);
  return warnings;
}

/** Frames per second that were written, on average; 0 for a single frame. */
function getFrameRate({ packets, second, last }: Written): number {
  return last > second ? (packets - 2) / (last - second) : 0;
}

/** A file that was written, as a rendition. Throws `UnreadableMediaError` when there is no picture in it. */
async function toRendition(file: string, size: Size, { picture, audioEnd }: WrittenRendition): Promise<Rendition> {
  if (picture.packets === 0) throw new UnreadableMediaError(NO_PICTURE);
  const { size: bytes } = await stat(file);
  const duration = Math.max(picture.end, audioEnd, 0.001);
  return { file, ...size, bandwidth: Math.ceil((bytes * 8) / duration) };
}

/** The share of a source of `length` seconds (0: unknown) that a time is; the end is told by the result. */
const getShare = (time: number, length: number) => (length > 0 ? Math.min(0.99, time / length) : 0);

/**
 * Makes an H.264/AAC mp4 rendition of a file in `outputDir`: frames at the times of the source (at most 60 per second),
 * upright, with square pixels, within 1080p, never upscaled. Pictures that browsers play are copied where they may be, without
 * decoding them (`checkCopy`); others are encoded with a keyframe every 2 s.
 */
export async function transcode(
  args: { input: string; outputDir: string; mayCopy: boolean },
  onProgress: (fraction: number) => void,
): Promise<Transcoded> {
  await mkdir(args.outputDir, { recursive: true });
  const input = await openInput(args.input);
  const display = getDisplaySize(chooseVideo(input));
  const source = probe(input);
  const [length, announced] = [input.duration, getAnnounced(input)];
  await input.close();
  const audio = await chooseAudio(args.input);
  const subtitles = await extractSubtitles(args.input, args.outputDir);
  const size = getMainSize(display);
  const file = path.join(args.outputDir, `${size.height}p.mp4`);
  const written = await makeRendition({
    source: { path: args.input, audioTracks: audio.tracks },
    file,
    size,
    mayCopy: args.mayCopy,
    onTime: (time) => onProgress(getShare(time, length)),
  });
  const { picture, audioEnd, damagedFrames, shots } = written;
  const rendition = await toRendition(file, size, written);
  const duration = Math.max(picture.end, audioEnd);
  return {
    source,
    renditions: [rendition],
    hasSteps: getSteps(size).length > 0,
    duration,
    frameRate: getFrameRate(picture),
    audioTracks: audio.tracks.map(({ index: _index, isSupported: _isSupported, ...track }) => track),
    subtitleTracks: subtitles.tracks,
    shots: shots?.finish(duration) ?? null,
    warnings: [...audio.warnings, ...subtitles.warnings, ...getDamageWarnings(announced, duration, damagedFrames)],
  };
}

/** Encodes the renditions below the main one of a file into `outputDir`, largest first. */
export async function transcodeSteps(
  args: { input: string; outputDir: string },
  onProgress: (fraction: number) => void,
): Promise<Rendition[]> {
  await mkdir(args.outputDir, { recursive: true });
  const input = await openInput(args.input);
  const steps = getSteps(getMainSize(getDisplaySize(chooseVideo(input))));
  const length = input.duration;
  await input.close();
  const { tracks } = await chooseAudio(args.input);
  // Several tracks are played from the main rendition, whatever picture is shown beside them.
  const source = { path: args.input, audioTracks: tracks.length > 1 ? [] : tracks };
  const renditions: Rendition[] = [];
  for (const [index, size] of steps.entries()) {
    const file = path.join(args.outputDir, `${size.height}p.mp4`);
    const onTime = (time: number) => onProgress((index + getShare(time, length)) / steps.length);
    const written = await writeRendition({ source, file, size, isCopied: false, onTime });
    renditions.push(await toRendition(file, size, written));
  }
  return renditions;
}
