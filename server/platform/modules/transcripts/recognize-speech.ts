import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Platform } from '../../context.ts';
import type { StageResult, StageRun } from '../../jobs/stage-worker.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { runTask } from '../../tasks/run-task.ts';
import { getMainRendition } from '../pipelines/outputs.ts';
import { replaceTracks } from './text-tracks.ts';
import type { Transcription } from './transcriber.ts';

/** Share of the work that reading the sound is. */
const READ_FRACTION = 0.1;

/** Recognizes what is said in a video. What was recognized before is served until then. */
export async function recognizeSpeech({ db, store, speech }: Platform, run: StageRun): Promise<StageResult> {
  const { videoId, scratch, signal, onProgress } = run;
  const transcribe = await speech.createTranscriber();
  const rendition = toObjectKey(videoId, await getMainRendition(db, videoId));
  const input = await store.fetch(rendition, scratch, signal);
  const outputDir = path.join(scratch, 'out');
  await mkdir(outputDir);
  const pieces = await runTask(
    'writeSpeechPieces',
    { input, outputDir },
    { signal, onProgress: (fraction) => onProgress(READ_FRACTION * fraction) },
  );
  const seconds = pieces.reduce((sum, piece) => sum + piece.seconds, 0);
  const transcriptions: Transcription[] = [];
  let done = 0;
  const report = (pieceSeconds: number) =>
    onProgress(READ_FRACTION + (1 - READ_FRACTION) * ((done + pieceSeconds) / seconds));
  for (const piece of pieces) {
    transcriptions.push(await transcribe(piece, signal, (fraction) => report(fraction * piece.seconds)));
    done += piece.seconds;
    report(0);
  }
  const cues = transcriptions.flatMap((transcription) => transcription.cues);
  const language = transcriptions.find((transcription) => transcription.language !== null)?.language ?? null;
  return {
    output: {},
    publish: (trx) =>
      replaceTracks(trx, videoId, 'recognized', cues.length > 0 ? [{ language, title: null, cues }] : []),
  };
}
