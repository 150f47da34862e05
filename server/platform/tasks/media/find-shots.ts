import type { Packet } from 'node-av';
import type { Shots } from '../protocol.ts';
import { createYielder, openSourceDecoder } from './decode.ts';
import { openInput, videoStream } from './input.ts';
import { getFrameTime, ShotFinder } from './shot-finder.ts';

interface Decoded {
  readonly shots: Shots;
  /** Whether a picture could not be decoded, or not all of it. */
  readonly isDamaged: boolean;
}

/** Decodes a rendition as far as it goes, to find its shots. `onProgress` gets the share that is done, once for each second. */
export async function findShots(file: string, onProgress: (fraction: number) => void): Promise<Decoded> {
  const input = await openInput(file);
  try {
    const video = videoStream(input);
    // Block edges do not matter here: a third of the time is saved by leaving them in.
    const { decoder, countDamaged } = await openSourceDecoder(video, { skip_loop_filter: 'all' });
    const yieldNow = createYielder();
    const finder = new ShotFinder();
    const read = { packets: 0, frames: 0 };
    let reported = 0;
    function* countPackets(packets: Iterable<Packet | null>) {
      for (const packet of packets) {
        if (packet) read.packets += 1;
        yield packet;
      }
    }
    for (const frame of decoder.framesSync(countPackets(input.packetsSync(video.index)))) {
      if (!frame) continue;
      read.frames += 1;
      finder.next(frame);
      const time = getFrameTime(frame);
      frame.free();
      if (time - reported > 1) {
        reported = time;
        onProgress(time / input.duration);
      }
      await yieldNow();
    }
    decoder.close();
    const shots = finder.finish(input.duration);
    return { shots, isDamaged: read.frames < read.packets || countDamaged() > 0 };
  } finally {
    await input.close();
  }
}

/**
 * Decodes a copy of a source's pictures. Resolves to its shots; to null when a picture is damaged: players give up there, where
 * an encoder fills in what it can and the file's damage is told.
 */
export async function checkCopy(
  { input }: { input: string },
  onProgress: (fraction: number) => void,
): Promise<Shots | null> {
  const { shots, isDamaged } = await findShots(input, onProgress);
  return isDamaged ? null : shots;
}
