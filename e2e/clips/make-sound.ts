import '../../server/platform/media/node-av-polyfills.ts';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes a file that holds two seconds of a tone and no picture; answers its path. */
export async function makeSound(name: string): Promise<string> {
  const { Encoder, Frame, Muxer } = await import('node-av');
  const { AV_CHANNEL_LAYOUT_MONO, AV_SAMPLE_FMT_FLTP, FF_ENCODER_AAC } = await import('node-av/constants');
  const target = path.join(tmpdir(), `mikshi-format-${process.pid}-${name}`);
  const rate = 48_000;
  const size = 1024;
  const encoder = await Encoder.create(FF_ENCODER_AAC, { bitrate: '64k' });
  const output = await Muxer.open(target);
  const stream = output.addStream(encoder);
  async function* tone() {
    for (let at = 0; at < rate * 2; at += size) {
      const samples = Float32Array.from({ length: size }, (_, index) =>
        Math.sin(((at + index) * 440 * 2 * Math.PI) / rate),
      );
      yield Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
        sampleRate: rate,
        nbSamples: size,
        format: AV_SAMPLE_FMT_FLTP,
        channelLayout: AV_CHANNEL_LAYOUT_MONO,
        pts: BigInt(at),
        timeBase: { num: 1, den: rate },
      });
    }
    yield null;
  }
  for await (const packet of encoder.packets(tone())) await output.writePacket(packet, stream);
  await output.close();
  encoder.close();
  return target;
}
