import { FFmpegError, Frame, Rational } from 'node-av';
import { AV_PIX_FMT_RGB24 } from 'node-av/constants';
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

/**
 * The pixels as an RGB24 frame with memory of its own. Not `Frame.fromVideoBuffer`, whose frames refer to the memory of the buffer:
 * once that is collected, they show whatever is there then.
 */
export function toFrame({ data, width, height }: Picture): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = AV_PIX_FMT_RGB24;
  frame.timeBase = new Rational(1, 1);
  frame.pts = 0n;
  FFmpegError.throwIfError(frame.getBuffer(), 'Failed to allocate a frame');
  const plane = frame.data?.[0];
  const stride = frame.linesize[0] ?? 0;
  if (!plane) throw new Error('A frame without memory cannot be filled.');
  for (let row = 0; row < height; row += 1)
    plane.set(data.subarray(row * width * 3, (row + 1) * width * 3), row * stride);
  return frame;
}
