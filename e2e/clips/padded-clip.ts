import { existsSync } from 'node:fs';
import { copyFile, open, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { timecodeClip } from './make-clip.ts';

const MIB = 1024 * 1024;

/**
 * A playable clip of that many MiB: a short one with an empty mp4 box (`free`, ISO 14496-12) behind it. Made once a machine;
 * answers its path.
 */
export async function paddedClip(mebibytes: number): Promise<string> {
  const file = path.join(tmpdir(), `mikshi-studio-padded-v1-${mebibytes}.mp4`);
  if (existsSync(file)) return file;
  const incoming = `${file}.${process.pid}`;
  await copyFile(await timecodeClip(4), incoming);
  const { size } = await stat(incoming);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(mebibytes * MIB - size, 0);
  header.write('free', 4, 'latin1');
  const handle = await open(incoming, 'r+');
  await handle.write(header, 0, header.length, size);
  await handle.truncate(mebibytes * MIB);
  await handle.close();
  await rename(incoming, file);
  return file;
}
