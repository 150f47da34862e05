import type { Decoder, Demuxer, FilterAPI, Frame } from 'node-av';

/**
 * Media is read with node-av's synchronous calls: this runs in a task process that has nothing else to do, and the
 * asynchronous readers poll on the main thread while their queues are full (`demuxer.js`, `startDemuxThread`), which took
 * as much time again as encoding.
 */

/** Frames of one stream as a filter leaves them. The caller frees them. */
export function* readFrames(input: Demuxer, decoder: Decoder, filter: FilterAPI): Generator<Frame> {
  const packets = input.packetsSync(decoder.getStream().index);
  for (const frame of filter.framesSync(decoder.framesSync(packets))) {
    if (frame) yield frame;
  }
}

/** How long a task may keep its process from hearing that its parent is gone, and from reporting progress. */
const MAX_BLOCKED_MS = 50;

/** Returns a function to await in long loops: it lets the process handle its events now and then. */
export function createYielder(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < MAX_BLOCKED_MS) return;
    await new Promise(setImmediate);
    last = performance.now();
  };
}
