import type { Frame } from 'node-av';
import { UnreadableMediaError } from '../protocol.ts';
import type { Picture } from '../vision/picture.ts';

/** The pixels of an RGB24 frame without the padding at the end of its rows. */
export function toPicture(frame: Frame): Picture {
  const { width, height } = frame;
  const plane = frame.data?.[0];
  const stride = frame.linesize[0] ?? 0;
  if (!plane) throw new UnreadableMediaError('No picture could be decoded from this file.');
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    data.set(plane.subarray(row * stride, row * stride + width * 3), row * width * 3);
  }
  return { data, width, height };
}
