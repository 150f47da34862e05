import type { ModelProcess } from '../../inference/model-process.ts';
import type { SpeechChoice } from '../../inference/protocol.ts';
import { transcribePiece } from './transcribe-piece.ts';
import { readLanguage, type Transcriber } from './transcriber.ts';

/** Time for half a minute of sound: a large model on a slow machine, and others beside it. */
const WINDOW_TIMEOUT_MS = 10 * 60_000;
/** A language that is more likely than all others together is that of the video. */
const MIN_CONFIDENCE = 0.5;

/** Recognizes speech by a model of this machine. A video is in one language: make another transcriber for the next one. */
export function createLocalTranscriber(model: ModelProcess<SpeechChoice>): Transcriber {
  let language: string | null = null;
  return async (piece, signal, onProgress) => {
    const cues = await transcribePiece(
      piece,
      async (window) => {
        const args = { ...window, file: piece.file, language };
        const heard = await model.request('transcribe', args, { signal, timeoutMs: WINDOW_TIMEOUT_MS });
        if (heard.confidence > MIN_CONFIDENCE) language = heard.language;
        return heard.spoken;
      },
      onProgress,
    );
    return { language: readLanguage(language), cues };
  };
}
