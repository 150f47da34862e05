import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Decoder, FilterAPI } from 'node-av';
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { createYielder, readFrames } from './decode.ts';
import { openInput, videoStream } from './input.ts';
import { encodeJpeg } from './poster.ts';

/** Models look at 224 to 512 pixels. */
const MAX_SIDE = 512;
/** Pixels are given for RGB, and written for JPEG. */
const FILTER = `scale=${MAX_SIDE}:${MAX_SIDE}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area:out_range=pc,format=yuvj420p`;

/** The frame that a player shows at a time (seconds) as JPEG bytes; null when none can be decoded from there on. */
async function frameAt(file: string, time: number): Promise<Buffer | null> {
  const input = await openInput(file);
  try {
    const video = videoStream(input);
    if (time > 0) await input.seek(time, -1, AVSEEK_FLAG_BACKWARD);
    using decoder = await Decoder.create(video, { exitOnError: false });
    using filter = FilterAPI.create(FILTER);
    let last: Buffer | null = null;
    for (const frame of readFrames(input, decoder, filter)) {
      const at = (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den;
      if (last !== null && at > time) return last;
      last = await encodeJpeg(frame);
      frame.free();
    }
    return last;
  } finally {
    await input.close();
  }
}

/**
 * Writes frames of one of our own files as JPEGs. Resolves to a file for each of `times` (seconds); null where nothing can be
 * decoded.
 */
export async function frames(
  args: { input: string; outputDir: string; times: readonly number[] },
  onProgress: (fraction: number) => void,
): Promise<(string | null)[]> {
  await mkdir(args.outputDir, { recursive: true });
  const yieldNow = createYielder();
  const files: (string | null)[] = [];
  for (const [index, time] of args.times.entries()) {
    const picture = await frameAt(args.input, time);
    const file = path.join(args.outputDir, `${index}.jpg`);
    if (picture) await writeFile(file, picture);
    files.push(picture ? file : null);
    onProgress((index + 1) / args.times.length);
    await yieldNow();
  }
  return files;
}
