import './media/node-av-polyfills.ts';
import { setPriority } from 'node:os';
import { DISK_FULL, isDiskFull } from '../disk-full.ts';
import { BACKGROUND_TASKS, type TaskMessage, type TaskRequest } from './protocol.ts';

/** Entry of a task process: one task, then the end. Native decoders and long computations live here and nowhere else. */

function send(message: TaskMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) resolve();
    else process.send(message, () => resolve());
  });
}

const NICENESS = 10;

async function run(request: TaskRequest): Promise<unknown> {
  // Threads take over the priority that there is when they begin.
  if (BACKGROUND_TASKS.has(request.name)) setPriority(NICENESS);
  const onProgress = (fraction: number) => void send({ type: 'progress', fraction });
  const onDraft = (value: unknown) => void send({ type: 'draft', value });
  switch (request.name) {
    case 'projectMap':
      return (await import('./projection/project-map.ts')).projectMap(request.args, { onProgress, onDraft });
    case 'poster':
      return (await import('./media/poster.ts')).poster(request.args);
    case 'transcode':
      return (await import('./media/transcode.ts')).transcode(request.args, onProgress);
    case 'checkCopy':
      return (await import('./media/find-shots.ts')).checkCopy(request.args, onProgress);
    case 'transcodeSteps':
      return (await import('./media/transcode.ts')).transcodeSteps(request.args, onProgress);
    case 'packageHls':
      return (await import('./media/package-hls.ts')).packageHls(request.args, onProgress);
    case 'frames':
      return (await import('./media/frames.ts')).frames(request.args, onProgress);
    case 'makeSample':
      return (await import('./media/make-sample.ts')).makeSample(request.args);
    case 'analyzePicture':
      return (await import('./vision/analyze-picture.ts')).analyzePicture(request.args);
    case 'writeSpeechPieces':
      return (await import('./media/speech-pieces.ts')).writeSpeechPieces(request.args, onProgress);
    case 'analyzeVideo':
      return (await import('./vision/analyze-video.ts')).analyzeVideo(request.args, onProgress);
  }
}

const DAMAGED = 'This file is damaged, or in a format that cannot be decoded.';
/** These read what a user uploaded; the others read what an earlier task wrote. */
const READS_UPLOADS = new Set<TaskRequest['name']>(['poster', 'transcode', 'transcodeSteps', 'analyzePicture']);

/** An error as a sentence, and whether trying again could help. FFmpeg's own words are no sentence for a user. */
function explained(task: TaskRequest['name'], error: unknown): { sentence: string; final: boolean } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'UnreadableMediaError') return { sentence: message, final: true };
  if (isDiskFull(error)) return { sentence: DISK_FULL, final: false };
  if (READS_UPLOADS.has(task)) return { sentence: DAMAGED, final: true };
  return { sentence: `Processing broke off (${message}).`, final: false };
}

process.once('message', (request: TaskRequest) => {
  run(request)
    .then((value) => send({ type: 'result', value }))
    .catch((error: unknown) => send({ type: 'error', ...explained(request.name, error) }))
    .finally(() => process.exit(0));
});

// The parent is gone: nobody would read the result.
process.once('disconnect', () => process.exit(1));
