import type { CLIP } from './timecode.ts';

/**
 * The frame number that a timecode clip shows, read from its pixels; -1 while there is no frame. Runs in the page, so it refers
 * to nothing outside itself. A video without a frame draws nothing, which must not read like frame 0.
 */
export function readFrameNumber({ width, height, bits, square }: typeof CLIP): number {
  const video = document.querySelector('video');
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!video || !context) return -1;
  context.drawImage(video, 0, 0, width, height);
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const [red = 0, , , alpha] = context.getImageData(bit * square + square / 2, square / 2, 1, 1).data;
    if (alpha === 0) return -1;
    number = number * 2 + (red > 127 ? 1 : 0);
  }
  return number;
}
