import { readFile, writeFile } from 'node:fs/promises';

/** What MP4 counts its seconds from. */
const EPOCH_MS = Date.parse('1904-01-01T00:00:00Z');

/** Writes a copy of an MP4 file that says it was recorded at a time (ISO 8601); resolves to the copy's path. */
export async function recordedClip(source: string, copy: string, recordedAt: string): Promise<string> {
  const bytes = await readFile(source);
  // The header of the movie: its name, version 0 with flags, and the creation time.
  const at = bytes.indexOf('mvhd');
  if (at < 0 || bytes[at + 4] !== 0) throw new Error(`${source} has no header that can be changed.`);
  bytes.writeUInt32BE((Date.parse(recordedAt) - EPOCH_MS) / 1000, at + 8);
  await writeFile(copy, bytes);
  return copy;
}
