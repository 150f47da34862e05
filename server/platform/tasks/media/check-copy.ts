import type { Packet } from 'node-av';
import type { Shots } from '../protocol.ts';
import { createYielder, openSourceDecoder } from './decode.ts';
import { openInput, videoStream } from './input.ts';
import { getFrameTime, ShotFinder } from './shot-finder.ts';

/**
 * Decodes all pictures of a copy, and finds its shots meanwhile. Resolves to null when a picture is damaged: players give up
 * there, where an encoder fills in what it can and the file's damage is told.
 */
export async function checkCopy(
  { input: file }: { input: string },
  onProgress: (fraction: number) => void,
): Promise<Shots | null> {
  const input = await openInput(file);
  try {
    const video = videoStream(input);
    // Block edges do not matter here: a third of the time is saved by leaving them in.
    const { decoder, countDamaged } = await openSourceDecoder(video, { skip_loop_filter: 'all' });
    const yieldNow = createYielder();
    const shots = new ShotFinder();
    const read = { packets: 0, frames: 0 };
    function* countPackets(packets: Iterable<Packet | null>) {
      for (const packet of packets) {
        if (packet) read.packets += 1;
        yield packet;
      }
    }
    for (const frame of decoder.framesSync(countPackets(input.packetsSync(video.index)))) {
      if (!frame) continue;
      read.frames += 1;
      shots.next(frame);
      if (input.duration > 0) onProgress(Math.min(1, getFrameTime(frame) / input.duration));
      frame.free();
      await yieldNow();
    }
    decoder.close();
    const found = shots.finish(input.duration);
    return read.frames < read.packets || countDamaged() > 0 ? null : found;
  } finally {
    await input.close();
  }
}
