import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FFVideoEncoder } from 'node-av/constants';
import { encodeGraph } from './encode-graph.ts';
import { CLIP, timecodeGraph } from './timecode.ts';

export interface ClipFormat {
  /** Also names the container, by its extension. */
  readonly file: string;
  readonly codec: FFVideoEncoder;
  /** The filter that gives the encoder the pixels it takes. */
  readonly pixels: string;
  readonly frames?: number;
  /** Options of the encoder. */
  readonly options?: Readonly<Record<string, string>>;
  /** Frames at uneven times. */
  readonly variableRate?: boolean;
}

/** Makes a short clip in some format; answers its path. */
export async function makeFormat({
  file,
  codec,
  pixels,
  frames = 50,
  variableRate = false,
  options = {},
}: ClipFormat): Promise<string> {
  const target = path.join(tmpdir(), `mikshi-format-${process.pid}-${file}`);
  const timing = variableRate ? `settb=1/${CLIP.rate},setpts='N+floor(N*N/20)'` : `fps=${CLIP.rate}`;
  await encodeGraph(target, {
    graph: timecodeGraph(frames),
    codec,
    filter: `${timing},${pixels}`,
    gopSize: CLIP.rate,
    options,
  });
  return target;
}
