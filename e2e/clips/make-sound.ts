import { tmpdir } from 'node:os';
import path from 'node:path';
import { FF_ENCODER_AAC } from 'node-av/constants';
import { encodeGraph } from './encode-graph.ts';

/** Makes a file that holds two seconds of a tone and no picture; answers its path. */
export async function makeSound(name: string): Promise<string> {
  const target = path.join(tmpdir(), `mikshi-format-${process.pid}-${name}`);
  await encodeGraph(target, {
    graph: 'sine=f=440:d=2:r=48000',
    codec: FF_ENCODER_AAC,
    filter: 'aformat=sample_fmts=fltp:channel_layouts=mono',
  });
  return target;
}
