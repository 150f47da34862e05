/**
 * Passes frames on and keeps hold of the latest: node-av's threads read a frame's pixels for a while after it was handed
 * over, and a frame that nobody refers to may be collected under them, which ends the process.
 */
export async function* heldFrames<Frame>(frames: Iterable<Frame>, held = 64): AsyncGenerator<Frame | null> {
  const latest: Frame[] = [];
  for (const frame of frames) {
    latest.push(frame);
    if (latest.length > held) latest.shift();
    yield frame;
  }
  yield null;
}
