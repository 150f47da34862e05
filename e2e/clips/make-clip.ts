import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { encodeGraph } from './encode-graph.ts';
import { CLIP, timecodeGraph } from './timecode.ts';

/** Makes (once a machine) a clip of that many seconds with its frame numbers in its pixels; answers its path. */
export const timecodeClip = (seconds: number): Promise<string> =>
  makeOnce(`mikshi-studio-timecode-v3-${seconds}.mp4`, seconds, { preset: 'ultrafast', crf: 18 });

/** The same with frames that are decoded in another order than they are shown in, as most encoders make them (B-frames). */
export const reorderedClip = (seconds: number): Promise<string> =>
  makeOnce(`mikshi-studio-reordered-v1-${seconds}.mp4`, seconds, {
    preset: 'veryfast',
    crf: 18,
    'x264-params': 'bframes=3:b-adapt=0',
  });

async function makeOnce(name: string, seconds: number, options: Record<string, string | number>): Promise<string> {
  const file = path.join(tmpdir(), name);
  if (existsSync(file)) return file;
  const incoming = `${file}.${process.pid}.mp4`;
  await encodeGraph(incoming, {
    graph: timecodeGraph(seconds * CLIP.rate),
    codec: FF_ENCODER_LIBX264,
    filter: `fps=${CLIP.rate},format=yuv420p`,
    gopSize: CLIP.rate * 2,
    options,
  });
  await rename(incoming, file);
  return file;
}
