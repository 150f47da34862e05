import '../../server/platform/media/node-av-polyfills.ts';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FFEncoderCodec } from 'node-av/constants';
import { heldFrames } from './held-frames.ts';
import { CLIP, timecodeFrame } from './timecode.ts';

export interface ClipFormat {
  /** Also names the container, by its extension. */
  readonly file: string;
  readonly codec: FFEncoderCodec;
  /** The filter that gives the encoder the pixels it takes. */
  readonly pixels: string;
  readonly frames?: number;
  /** Options of the encoder. */
  readonly options?: Readonly<Record<string, string>>;
  /** Frames at uneven times. */
  readonly variableRate?: boolean;
}

/** Makes a short clip in some format; answers its path. */
export async function makeFormat({
  file,
  codec,
  pixels,
  frames = 50,
  variableRate = false,
  options = {},
}: ClipFormat): Promise<string> {
  const { Encoder, FilterAPI, Frame, Log, Muxer } = await import('node-av');
  const { AV_LOG_QUIET, AV_PIX_FMT_RGB24 } = await import('node-av/constants');
  Log.setLevel(AV_LOG_QUIET);
  const target = path.join(tmpdir(), `mikshi-format-${process.pid}-${file}`);
  const filter = FilterAPI.create(pixels, { framerate: { num: CLIP.rate, den: 1 } });
  const encoder = await Encoder.create(codec, { filter, gopSize: CLIP.rate, options });
  const output = await Muxer.open(target);
  const stream = output.addStream(encoder);
  function* pictures() {
    for (let number = 0; number < frames; number += 1) {
      yield Frame.fromVideoBuffer(timecodeFrame(number), {
        width: CLIP.width,
        height: CLIP.height,
        format: AV_PIX_FMT_RGB24,
        pts: BigInt(variableRate ? number + Math.floor((number * number) / 20) : number),
        timeBase: { num: 1, den: CLIP.rate },
      });
    }
  }
  for await (const packet of encoder.packets(filter.frames(heldFrames(pictures()))))
    await output.writePacket(packet, stream);
  await output.close();
  // Left to the garbage collector, they can be freed while their threads still run.
  encoder.close();
  filter.close();
  return target;
}
