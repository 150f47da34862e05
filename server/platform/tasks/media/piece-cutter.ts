/** Per second; what speech recognition is trained on. */
export const SAMPLE_RATE = 16_000;
/** Samples that are judged together: 20 ms. */
const FRAME = SAMPLE_RATE / 50;
/** Root mean square below which a frame is silent: -50 dB of full scale. */
const SILENCE = 32_768 * 10 ** (-50 / 20);
/** A piece ends where silence lasts for so long, in frames. */
const MAX_SILENT_FRAMES = 100;
/** What is kept of the silence before and after a piece. */
const MARGIN_FRAMES = 15;
/** Ten minutes: 19 MB, which services take. From nine and a half on, the next short pause ends a piece. */
const MAX_FRAMES = 10 * 60 * 50;
const LONG_FRAMES = 9.5 * 60 * 50;
const PAUSE_FRAMES = 15;

export interface Piece {
  /** Seconds. */
  readonly start: number;
  readonly samples: Int16Array;
}

function isSilent(frame: Int16Array): boolean {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, frame.length)) < SILENCE;
}

function concatenate(frames: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    whole.set(frame, at);
    at += frame.length;
  }
  return whole;
}

/** Cuts sound into pieces at silence, which is left out. */
export function createPieceCutter() {
  let rest = new Int16Array(0);
  let position = 0;
  let margin: Int16Array[] = [];
  let frames: Int16Array[] = [];
  let startFrame = 0;
  let silent = 0;

  const close = (): Piece[] => {
    if (frames.length === 0) return [];
    const kept = frames.slice(0, frames.length - Math.max(0, silent - MARGIN_FRAMES));
    margin = frames.slice(kept.length).slice(-MARGIN_FRAMES);
    frames = [];
    silent = 0;
    return [{ start: (startFrame * FRAME) / SAMPLE_RATE, samples: concatenate(kept) }];
  };

  const take = (frame: Int16Array): Piece[] => {
    const isQuiet = isSilent(frame);
    position += 1;
    if (frames.length === 0) {
      if (isQuiet) {
        margin = [...margin, frame].slice(-MARGIN_FRAMES);
        return [];
      }
      startFrame = position - 1 - margin.length;
      frames = margin;
      margin = [];
    }
    frames.push(frame);
    silent = isQuiet ? silent + 1 : 0;
    const isPause = frames.length >= LONG_FRAMES && silent >= PAUSE_FRAMES;
    return silent >= MAX_SILENT_FRAMES || isPause || frames.length >= MAX_FRAMES ? close() : [];
  };

  return {
    push(samples: Int16Array): Piece[] {
      const all = rest.length > 0 ? concatenate([rest, samples]) : samples;
      const pieces: Piece[] = [];
      let at = 0;
      for (; at + FRAME <= all.length; at += FRAME) pieces.push(...take(all.slice(at, at + FRAME)));
      rest = all.slice(at);
      return pieces;
    },
    end(): Piece[] {
      const pieces = rest.length > 0 ? take(rest) : [];
      rest = new Int16Array(0);
      return [...pieces, ...close()];
    },
  };
}
