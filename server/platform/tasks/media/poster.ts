import { writeFile } from 'node:fs/promises';
import { Encoder, FilterAPI, type Frame } from 'node-av';
import { AVSEEK_FLAG_BACKWARD, FF_ENCODER_MJPEG } from 'node-av/constants';
import { UnreadableMediaError } from '../protocol.ts';
import { openSourceDecoder, readFrames } from './decode.ts';
import { openInput } from './input.ts';
import { getPictureFilters } from './picture-filters.ts';
import { fitInto, getDisplaySize } from './picture-geometry.ts';
import { getOrigin } from './timeline.ts';
import { chooseVideo } from './track-choice.ts';

/** JPEG quantizer: 2 is best, 31 worst. */
const QUALITY = 4;
const MAX_SIZE = { width: 640, height: 640 };
/** Long videos open on black or on a slate, so the poster is taken a little way in. */
const getPosterTime = (duration: number) => Math.min(duration * 0.1, 30);

/** A frame as JPEG bytes. The frame must be in `yuvj420p`. */
export async function encodeJpeg(frame: Frame): Promise<Buffer> {
  frame.quality = QUALITY * 118;
  return Encoder.encodeOne(FF_ENCODER_MJPEG, frame, { options: { qmin: QUALITY, qmax: QUALITY } });
}

/** Writes the frame at a time in seconds, or the next one that can be decoded; false when there is none from there on. */
async function writePoster(args: { input: string; output: string }, getTime: (duration: number) => number) {
  const input = await openInput(args.input);
  try {
    const video = chooseVideo(input);
    const at = getTime(input.duration);
    // To the keyframe before that time: after it there may be none.
    if (at > 0) await input.seek(at + getOrigin(input), -1, AVSEEK_FLAG_BACKWARD);
    using decoder = (await openSourceDecoder(video)).decoder;
    const filters = await getPictureFilters(video, {
      path: args.input,
      size: fitInto(getDisplaySize(video), MAX_SIZE),
      flags: 'area',
      fields: 'send_frame',
    });
    using filter = FilterAPI.create(
      `${filters},scale=in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc,format=yuvj420p`,
    );
    for (const frame of readFrames(input, decoder, filter)) {
      await writeFile(args.output, await encodeJpeg(frame));
      return true;
    }
    return false;
  } finally {
    await input.close();
  }
}

/** Writes one upright frame of a file as a JPEG of at most 640 px on each side. */
export async function poster(args: { input: string; output: string }): Promise<null> {
  // A file that was cut off ends before the time that it announces.
  if ((await writePoster(args, getPosterTime)) || (await writePoster(args, () => 0))) return null;
  throw new UnreadableMediaError('No picture could be decoded from this file.');
}
