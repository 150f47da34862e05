import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Sample } from '../../tasks/media/sample-catalog.ts';
import { runTask } from '../../tasks/run-task.ts';

/** Samples that are being drawn, so that two requests do not draw the same one twice. */
const drawing = new Map<string, Promise<string>>();

async function draw(folder: string, sample: Sample): Promise<string> {
  const file = path.join(folder, `${sample.name}.mp4`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  await runTask('makeSample', { sample, output: `${file}.incoming` });
  await rename(`${file}.incoming`, file);
  return file;
}

/** A sample clip's file, drawn in a task process the first time it is asked for. */
export function sampleFile(folder: string, sample: Sample): Promise<string> {
  const running = drawing.get(sample.name);
  if (running) return running;
  const file = draw(folder, sample).finally(() => drawing.delete(sample.name));
  drawing.set(sample.name, file);
  return file;
}
