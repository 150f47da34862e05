import { type Demuxer, Dictionary, Encoder, FilterAPI, type Muxer } from 'node-av';
import { FF_ENCODER_AAC } from 'node-av/constants';
import { openSourceDecoder } from './decode.ts';
import { Encoding } from './encoding.ts';
import { getAudioTiming, getOrigin } from './timeline.ts';
import type { SourceAudioTrack } from './track-choice.ts';

/**
 * Encodes an audio track as stereo AAC, which every browser plays, on the video's timeline. More channels are mixed down
 * by FFmpeg's resampler with the coefficients of ITU-R BS.775 (center and surround at -3 dB), scaled so that nothing clips.
 */
export async function openAudioEncoding(
  input: Demuxer,
  { index, language, title }: SourceAudioTrack,
  output: Muxer,
): Promise<Encoding> {
  const stream = input.streams[index];
  if (!stream) throw new Error(`The file has no stream ${index}.`);
  const { decoder } = await openSourceDecoder(stream);
  const filter = FilterAPI.create(
    `${getAudioTiming(getOrigin(input))},aformat=sample_fmts=fltp:channel_layouts=stereo`,
  );
  const encoder = await Encoder.create(FF_ENCODER_AAC, { decoder, filter, bitrate: '128k' });
  const encoding = new Encoding({ source: index, decoder, filter, encoder, output });
  const written = output.getStream(encoding.index);
  if (written && (language || title)) {
    written.metadata = Dictionary.fromObject({ ...(language && { language }), ...(title && { title }) });
  }
  return encoding;
}
