import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { timecodeClip } from './make-clip.ts';

/** A clip that looks fit to be copied until its pictures are decoded. Answers its path. */
export async function damagedClip(): Promise<string> {
  const bytes = await readFile(await timecodeClip(4));
  // In the middle of the pictures, past the index at either end.
  const middle = Math.floor(bytes.length / 2);
  bytes.fill(0xff, middle, middle + 400);
  const file = path.join(tmpdir(), `mikshi-studio-damaged-v1-${process.pid}.mp4`);
  await writeFile(file, bytes);
  return file;
}
