import '../../server/platform/tasks/media/node-av-polyfills.ts';
import type { FFAudioEncoder, FFVideoEncoder } from 'node-av/constants';

export interface GraphEncoding {
  /** A filter graph with sources of its own, as FFmpeg's `lavfi` device reads it. */
  readonly graph: string;
  readonly codec: FFVideoEncoder | FFAudioEncoder;
  /** The filter that gives the encoder what it takes. */
  readonly filter: string;
  readonly options?: Readonly<Record<string, string | number>>;
  readonly gopSize?: number;
}

/** Encodes what a filter graph draws (or sounds like) into a file, whose ending names the container. */
export async function encodeGraph(file: string, encoding: GraphEncoding): Promise<void> {
  // After the polyfills, which a static import would overtake.
  const { Decoder, Demuxer, Encoder, FilterAPI, Log, Muxer, pipeline } = await import('node-av');
  const { AV_LOG_QUIET } = await import('node-av/constants');
  Log.setLevel(AV_LOG_QUIET);
  const input = await Demuxer.open(encoding.graph, { format: 'lavfi' });
  const [video, audio] = [input.video(), input.audio()];
  const stream = video ?? audio;
  if (!stream) throw new Error('The graph has no output.');
  const decoder = await Decoder.create(stream);
  const filter = FilterAPI.create(encoding.filter);
  const { gopSize, options } = encoding;
  const encoder = await Encoder.create(encoding.codec, { decoder, filter, gopSize, options });
  const output = await Muxer.open(file, { input });
  const encoded = video
    ? pipeline(input, { video: [decoder, filter, encoder] }, output)
    : pipeline(input, { audio: [decoder, filter, encoder] }, output);
  await encoded.completion;
  await output.close();
  await input.close();
  // Left to the garbage collector, they can be freed while their threads still run.
  encoder.close();
  filter.close();
  decoder.close();
}
