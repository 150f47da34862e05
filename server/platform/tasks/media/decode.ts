import { Decoder, type Demuxer, type FilterAPI, type Frame, type Stream } from 'node-av';
import { AV_FRAME_FLAG_CORRUPT } from 'node-av/constants';

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

export interface SourceDecoder {
  readonly decoder: Decoder;
  /** Frames that were decoded in spite of errors in the file, so far. */
  readonly countDamaged: () => number;
}

/**
 * Decodes a stream of a source as far as it goes. A damaged frame is shown with what could be decoded of it, as players and
 * the `ffmpeg` program do; node-av drops it.
 */
export async function openSourceDecoder(stream: Stream, options: Record<string, string> = {}): Promise<SourceDecoder> {
  const decoder = await Decoder.create(stream, { exitOnError: false, options });
  const context = decoder.getCodecContext();
  let damaged = 0;
  if (context) {
    const receiveFrame = context.receiveFrameSync.bind(context);
    context.receiveFrameSync = (frame) => {
      const result = receiveFrame(frame);
      if (result === 0 && (frame.decodeErrorFlags !== 0 || frame.hasFlags(AV_FRAME_FLAG_CORRUPT))) {
        damaged += 1;
        frame.decodeErrorFlags = 0;
        frame.clearFlags(AV_FRAME_FLAG_CORRUPT);
      }
      return result;
    };
  }
  return { decoder, countDamaged: () => damaged };
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
