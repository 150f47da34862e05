import { writeFile } from 'node:fs/promises';
import { Decoder, FilterAPI } from 'node-av';
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import type { Picture } from '../vision/picture.ts';
import { readFrames } from './decode.ts';
import { openInput, videoStream } from './input.ts';
import { fitInto, getDisplaySize } from './picture-geometry.ts';
import { encodeJpeg } from './poster.ts';
import { toFrame, toPicture } from './rgb.ts';
import { SCRUB_FRAMES } from './scrub-frames.ts';

/** Pixels of each. */
const WIDTH = 240;
const HEIGHT = 136;

/** The picture at the keyframe before a time (seconds), scaled and boxed to one tile; null when none can be decoded. */
async function tileAt(path: string, time: number): Promise<Picture | null> {
  const input = await openInput(path);
  try {
    const video = videoStream(input);
    const { width, height } = fitInto(getDisplaySize(video), { width: WIDTH, height: HEIGHT });
    if (time > 0) await input.seek(time, -1, AVSEEK_FLAG_BACKWARD);
    using decoder = await Decoder.create(video, { exitOnError: false });
    using filter = FilterAPI.create(
      `scale=${width}:${height}:flags=area,pad=${WIDTH}:${HEIGHT}:-1:-1:color=0x0f1113,format=rgb24`,
    );
    for (const frame of readFrames(input, decoder, filter)) return toPicture(frame);
    return null;
  } finally {
    await input.close();
  }
}

/** Writes a strip of pictures from all over a video, for scrubbing under the pointer. The input is our own rendition. */
export async function scrub(args: { input: string; output: string }): Promise<null> {
  const opened = await openInput(args.input);
  const { duration } = opened;
  await opened.close();
  const strip = Buffer.alloc(WIDTH * HEIGHT * SCRUB_FRAMES * 3);
  let last: Picture | null = null;
  for (let index = 0; index < SCRUB_FRAMES; index += 1) {
    last = (await tileAt(args.input, (duration * index) / SCRUB_FRAMES)) ?? last;
    if (!last) continue;
    for (let row = 0; row < HEIGHT; row += 1) {
      const pixels = last.data.subarray(row * WIDTH * 3, (row + 1) * WIDTH * 3);
      strip.set(pixels, (row * SCRUB_FRAMES + index) * WIDTH * 3);
    }
  }
  const frame = toFrame({ data: strip, width: WIDTH * SCRUB_FRAMES, height: HEIGHT });
  using filter = FilterAPI.create('scale=out_range=pc,format=yuvj420p');
  for await (const scaled of filter.frames(frame)) {
    if (!scaled) continue;
    await writeFile(args.output, await encodeJpeg(scaled));
    break;
  }
  frame.free();
  return null;
}
