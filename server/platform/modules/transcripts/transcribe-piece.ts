import { type SpokenText, WINDOW_SECONDS } from '../../speech/speech-model.ts';
import type { SpeechPiece } from '../../tasks/protocol.ts';
import type { TimedText } from './subtitle-file.ts';

/** What ends so close to the end of a window may have been cut off there, in seconds. */
const CUT_MARGIN = 1;
/** Seconds that the next window begins later at least, when it begins with what was cut off. */
const MIN_ADVANCE = 5;
/** Seconds without speech at the end of a window that the next one hears again: a word may begin there. */
const OVERLAP = 5;

/** Seconds from the beginning of the piece. */
export interface WindowTimes {
  readonly start: number;
  readonly seconds: number;
}

/** Where the next window begins, from the beginning of this one, and what of this one counts. */
function judge(spoken: readonly SpokenText[], seconds: number): { kept: readonly SpokenText[]; advance: number } {
  const last = spoken.at(-1);
  if (last === undefined) return { kept: [], advance: seconds - OVERLAP };
  const end = last.end ?? seconds;
  if (end > seconds - CUT_MARGIN && last.start >= MIN_ADVANCE && last.start < seconds)
    return { kept: spoken.slice(0, -1), advance: last.start };
  return { kept: spoken, advance: Math.min(seconds, Math.max(end, seconds - OVERLAP)) };
}

/**
 * Recognizes a piece of sound window by window: the sentence that the end of a window cuts off is heard again from its beginning,
 * as OpenAI's Whisper does it. Times of the result are those of the video.
 */
export async function transcribePiece(
  piece: SpeechPiece,
  transcribe: (window: WindowTimes) => Promise<readonly SpokenText[]>,
  onProgress: (fraction: number) => void,
): Promise<TimedText[]> {
  const cues: TimedText[] = [];
  for (let start = 0; start < piece.seconds; ) {
    const seconds = Math.min(WINDOW_SECONDS, piece.seconds - start);
    const isLast = start + seconds >= piece.seconds;
    const spoken = await transcribe({ start, seconds });
    const { kept, advance } = isLast ? { kept: spoken, advance: seconds } : judge(spoken, seconds);
    const offset = piece.start + start;
    cues.push(
      ...kept
        .map((cue) => ({
          start: offset + Math.max(0, cue.start),
          // What is heard behind the end of the sound was never said.
          end: offset + Math.min(seconds, cue.end ?? seconds),
          text: cue.text.trim(),
        }))
        .filter((cue) => cue.text !== '' && cue.end > cue.start),
    );
    start += advance;
    onProgress(Math.min(1, start / piece.seconds));
  }
  return cues;
}
