import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Decoder, Encoder, FilterAPI, pipeline } from 'node-av';
import { FF_ENCODER_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { type Rendition, UnreadableMediaError } from '../tasks/protocol.ts';
import { frameRateOf, openInput, rotationOf, toneMapFilter, uprightFilter, videoStream } from './input.ts';
import { openOutput } from './output.ts';

/** Heights of the lower steps of a ladder; a step is made where it is well below the source. */
const LADDER = [720, 480, 360];
/** Players seek by keyframe and HLS cuts at them, so one stands every two seconds. */
const KEYFRAME_SECONDS = 2;
const MAX_WIDTH = 1920;
const MAX_HEIGHT = 1080;

interface Size {
  readonly width: number;
  readonly height: number;
}

// Rounded down, so that no side grows.
const even = (value: number) => Math.max(2, Math.floor(value / 2) * 2);

/** The sizes to encode: the source (never upscaled, within 1080p, even), and with `ladder` the steps below it. */
export function renditionSizes(source: Size, ladder: boolean): Size[] {
  const [boxWidth, boxHeight] = source.width >= source.height ? [MAX_WIDTH, MAX_HEIGHT] : [MAX_HEIGHT, MAX_WIDTH];
  const fit = Math.min(1, boxWidth / source.width, boxHeight / source.height);
  const top = { width: even(source.width * fit), height: even(source.height * fit) };
  const short = Math.min(top.width, top.height);
  const steps = ladder ? LADDER.filter((height) => height < short * 0.85) : [];
  return [
    top,
    ...steps.map((step) => ({ width: even((top.width * step) / short), height: even((top.height * step) / short) })),
  ];
}

async function encodeRendition(inputPath: string, file: string, size: Size, onProgress: (fraction: number) => void) {
  const input = await openInput(inputPath);
  const video = videoStream(input);
  const audio = input.audio();
  const rate = frameRateOf(video);
  const duration = input.duration;
  // A damaged stretch is skipped, as players do; only a file without any picture fails.
  using decoder = await Decoder.create(video, { exitOnError: false });
  const turn = uprightFilter(rotationOf(video));
  using filter = FilterAPI.create(
    `${turn}fps=${rate.toFixed(4)},scale=${size.width}:${size.height}:flags=bicubic,${toneMapFilter(video)}setsar=1,format=yuv420p`,
  );
  const keyframes = Math.max(1, Math.round(rate * KEYFRAME_SECONDS));
  // Without B-frames what is decoded first is shown first, so that HLS starts at zero and a second means the same frame in
  // every player: with them fMP4 shows all frames two late, or leaves it to each player to make up for it.
  using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    decoder,
    filter,
    gopSize: keyframes,
    options: {
      preset: 'veryfast',
      crf: 23,
      'x264-params': `keyint=${keyframes}:min-keyint=${keyframes}:scenecut=0:open-gop=0:bframes=0`,
    },
  });
  const output = await openOutput(file, { input, options: { movflags: '+faststart' } });
  const options = {
    progressInterval: 250,
    onProgress: ({ time }: { time: number }) => onProgress(duration > 0 ? Math.min(0.99, time / duration) : 0),
  };
  try {
    if (audio) {
      using audioDecoder = await Decoder.create(audio, { exitOnError: false });
      using audioFilter = FilterAPI.create('aresample=48000:async=1,aformat=sample_fmts=fltp:channel_layouts=stereo');
      using audioEncoder = await Encoder.create(FF_ENCODER_AAC, {
        decoder: audioDecoder,
        filter: audioFilter,
        bitrate: '128k',
      });
      const stages = { video: [decoder, filter, encoder], audio: [audioDecoder, audioFilter, audioEncoder] };
      await pipeline(input, stages, output, options).completion;
    } else {
      await pipeline(input, { video: [decoder, filter, encoder] }, output, options).completion;
    }
  } finally {
    await output.close();
    await input.close();
  }
  return duration;
}

/**
 * Encodes H.264/AAC mp4 renditions of a file into `outputDir`, largest first: constant frame rate (at most 60), upright,
 * a keyframe every 2 s, never upscaled. With `ladder`, smaller ones too.
 */
export async function transcode(
  args: { input: string; outputDir: string; ladder: boolean },
  onProgress: (fraction: number) => void,
): Promise<Rendition[]> {
  await mkdir(args.outputDir, { recursive: true });
  const input = await openInput(args.input);
  const video = videoStream(input);
  const sideways = rotationOf(video) % 180 !== 0;
  const { width, height } = video.codecpar;
  await input.close();
  const sizes = renditionSizes(sideways ? { width: height, height: width } : { width, height }, args.ladder);
  const renditions: Rendition[] = [];
  for (const [index, size] of sizes.entries()) {
    const file = path.join(args.outputDir, `${size.height}p.mp4`);
    await encodeRendition(args.input, file, size, (fraction) => onProgress((index + fraction) / sizes.length));
    const bytes = (await stat(file)).size;
    const encoded = await openInput(file).catch(() => null);
    const seconds = encoded?.duration ?? 0;
    await encoded?.close();
    if (seconds <= 0) throw new UnreadableMediaError('No picture could be decoded from this file.');
    renditions.push({ file, ...size, bandwidth: Math.ceil((bytes * 8) / seconds) });
  }
  return renditions;
}
