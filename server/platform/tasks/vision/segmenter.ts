/** Cuts a video into segments: at shot boundaries first, and long shots into pieces. */

/** No segment is longer, in seconds. */
export const MAX_SEGMENT = 6;
/** Long shots are cut into pieces of this length, in seconds. */
const PIECE = 4;
/** Nothing shorter stands alone, in seconds. */
const MIN_SEGMENT = 1;

const SIGNATURE_LEVELS = 765;
const CUT_FLOOR = 0.12;
const CUT_RATIO = 3.5;
const MEMORY = 0.1;

/** Finds shot boundaries in a stream of small pictures: a change that is large, and large beside what came before. */
export class CutFinder {
  #previous: Uint8Array | null = null;
  #usual = 0.02;

  /** True when a new shot starts with this frame. `signature` is a tiny RGB picture of the frame, always of one size. */
  next(signature: Uint8Array): boolean {
    const previous = this.#previous;
    this.#previous = signature;
    if (!previous) return false;
    let sum = 0;
    for (let at = 0; at < signature.length; at += 3) {
      sum +=
        Math.abs((signature[at] ?? 0) - (previous[at] ?? 0)) +
        Math.abs((signature[at + 1] ?? 0) - (previous[at + 1] ?? 0)) +
        Math.abs((signature[at + 2] ?? 0) - (previous[at + 2] ?? 0));
    }
    const change = sum / ((signature.length / 3) * SIGNATURE_LEVELS);
    const isCut = change > CUT_FLOOR && change > this.#usual * CUT_RATIO;
    if (!isCut) this.#usual += (change - this.#usual) * MEMORY;
    return isCut;
  }
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Segments of a video from the times (seconds) at which shots start: shots under a second join their neighbor, shots
 * over 6 s are cut into equal pieces of about 4 s, except where a frame is held. Spans touch, and together cover
 * [0, duration).
 */
export function toSegments(cuts: readonly number[], duration: number, holds: readonly Span[] = []): Span[] {
  const isHeld = (time: number) => holds.some((hold) => time > hold.start && time < hold.end);
  const starts = [0];
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const last = starts[starts.length - 1] ?? 0;
    if (cut - last >= MIN_SEGMENT && duration - cut >= MIN_SEGMENT) starts.push(cut);
  }
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? duration;
    const length = end - start;
    const pieces = length <= MAX_SEGMENT ? 1 : Math.round(length / PIECE);
    const bounds = [start];
    for (let piece = 1; piece < pieces; piece += 1) {
      const bound = start + (length * piece) / pieces;
      if (!isHeld(bound)) bounds.push(bound);
    }
    return bounds.map((from, piece) => ({ start: from, end: bounds[piece + 1] ?? end }));
  });
}
