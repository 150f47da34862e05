import { FilterAPI, type Frame } from 'node-av';
import type { Shots } from '../protocol.ts';
import { CutFinder, MAX_SEGMENT, type Span } from '../vision/segmenter.ts';
import { toPicture } from './rgb.ts';

/** Where a frame is shown, in seconds of its stream's clock. */
export const getFrameTime = (frame: Frame): number =>
  Math.max(0, (Number(frame.pts) * frame.timeBase.num) / frame.timeBase.den);

/** Finds where the shots of a video start, by its frames as they pass by on their way to an encoder or a check. */
export class ShotFinder {
  readonly #filter = FilterAPI.create('scale=48:27:flags=fast_bilinear,format=rgb24');
  readonly #finder = new CutFinder();
  readonly #cuts: number[] = [];
  readonly #holds: Span[] = [];
  #last: number | null = null;

  /** Looks at the next frame in the order in which they are shown, and leaves it alone. */
  next(frame: Frame): void {
    const time = getFrameTime(frame);
    for (const tiny of this.#filter.processAllSync(frame)) {
      if (this.#finder.next(toPicture(tiny).data)) this.#cuts.push(time);
      tiny.free();
    }
    this.#holdUntil(time);
    this.#last = time;
  }

  /** A frame that is held for longer than a segment may be has nothing to cut in it. */
  #holdUntil(time: number): void {
    const start = this.#last;
    if (start !== null && time - start > MAX_SEGMENT) this.#holds.push({ start, end: time });
  }

  /** What was found in a video of so many seconds. */
  finish(duration: number): Shots {
    this.#holdUntil(duration);
    this.#filter.close();
    return { cuts: this.#cuts, holds: this.#holds };
  }
}

/** Lets frames pass to whoever takes them, past the finder. */
export function* watchShots(frames: Iterable<Frame | null>, finder: ShotFinder): Generator<Frame | null> {
  for (const frame of frames) {
    if (frame) finder.next(frame);
    yield frame;
  }
}
