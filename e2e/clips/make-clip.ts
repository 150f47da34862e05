import '../../server/platform/media/node-av-polyfills.ts';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { heldFrames } from './held-frames.ts';
import { CLIP, timecodeFrame } from './timecode.ts';

/** Makes (once a machine) a clip of that many seconds with its frame numbers in its pixels; answers its path. */
export async function timecodeClip(seconds: number): Promise<string> {
  const file = path.join(tmpdir(), `mikshi-studio-timecode-v2-${seconds}.mp4`);
  if (existsSync(file)) return file;
  // After the polyfills, which a static import would overtake.
  const { Encoder, FilterAPI, Frame, Log, Muxer } = await import('node-av');
  const { AV_LOG_ERROR, AV_PIX_FMT_RGB24, FF_ENCODER_LIBX264 } = await import('node-av/constants');
  Log.setLevel(AV_LOG_ERROR);
  const timeBase = { num: 1, den: CLIP.rate };
  const filter = FilterAPI.create('format=yuv420p', { framerate: { num: CLIP.rate, den: 1 } });
  const encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    filter,
    gopSize: CLIP.rate * 2,
    options: { preset: 'ultrafast', crf: 18 },
  });
  const incoming = `${file}.${process.pid}.mp4`;
  const output = await Muxer.open(incoming);
  const stream = output.addStream(encoder);
  function* frames() {
    for (let number = 0; number < seconds * CLIP.rate; number += 1) {
      yield Frame.fromVideoBuffer(timecodeFrame(number), {
        width: CLIP.width,
        height: CLIP.height,
        format: AV_PIX_FMT_RGB24,
        pts: BigInt(number),
        timeBase,
      });
    }
  }
  for await (const packet of encoder.packets(filter.frames(heldFrames(frames()))))
    await output.writePacket(packet, stream);
  await output.close();
  // Left to the garbage collector, they can be freed while their threads still run.
  encoder.close();
  filter.close();
  await rename(incoming, file);
  return file;
}
