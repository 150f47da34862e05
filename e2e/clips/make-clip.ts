import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { encodeGraph } from './encode-graph.ts';
import { CLIP, timecodeGraph } from './timecode.ts';

/** Makes (once a machine) a clip of that many seconds with its frame numbers in its pixels; answers its path. */
export async function timecodeClip(seconds: number): Promise<string> {
  const file = path.join(tmpdir(), `mikshi-studio-timecode-v3-${seconds}.mp4`);
  if (existsSync(file)) return file;
  const incoming = `${file}.${process.pid}.mp4`;
  await encodeGraph(incoming, {
    graph: timecodeGraph(seconds * CLIP.rate),
    codec: FF_ENCODER_LIBX264,
    filter: `fps=${CLIP.rate},format=yuv420p`,
    gopSize: CLIP.rate * 2,
    options: { preset: 'ultrafast', crf: 18 },
  });
  await rename(incoming, file);
  return file;
}
