import { writeFile } from 'node:fs/promises';
import { Decoder, Encoder, FilterAPI, type Frame } from 'node-av';
import { AVSEEK_FLAG_BACKWARD, FF_ENCODER_MJPEG } from 'node-av/constants';
import { UnreadableMediaError } from '../tasks/protocol.ts';
import { openInput, rotationOf, toneMapFilter, uprightFilter, videoStream } from './input.ts';

/** JPEG quantiser: 2 is best, 31 worst. */
const QUALITY = 4;
/** Long videos open on black or on a slate, so the poster is taken a little way in. */
const posterTime = (duration: number) => Math.min(duration * 0.1, 30);

/** A frame as JPEG bytes. The frame must be in `yuvj420p`. */
export async function encodeJpeg(frame: Frame): Promise<Buffer> {
  frame.quality = QUALITY * 118;
  return Encoder.encodeOne(FF_ENCODER_MJPEG, frame, { options: { qmin: QUALITY, qmax: QUALITY } });
}

/** Writes one upright frame of a file as a JPEG of at most 640 px. */
export async function poster(args: { input: string; output: string }): Promise<null> {
  const input = await openInput(args.input);
  try {
    const video = videoStream(input);
    const at = posterTime(input.duration);
    // To the keyframe before that time: after it there may be none.
    if (at > 0) await input.seek(at, -1, AVSEEK_FLAG_BACKWARD);
    using decoder = await Decoder.create(video, { exitOnError: false });
    const turn = uprightFilter(rotationOf(video));
    using filter = FilterAPI.create(
      `${turn}scale='min(640,iw)':-2:flags=area,${toneMapFilter(video)}scale=out_range=pc,format=yuvj420p`,
    );
    for await (const frame of filter.frames(decoder.frames(input.packets(video.index)))) {
      if (!frame) continue;
      await writeFile(args.output, await encodeJpeg(frame));
      return null;
    }
    throw new UnreadableMediaError('No picture could be decoded from this file.');
  } finally {
    await input.close();
  }
}
