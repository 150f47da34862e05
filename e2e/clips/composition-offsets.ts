import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const CONTAINERS = new Set(['moof', 'traf']);
const HAS_DATA_OFFSET = 0x1;
const HAS_FIRST_FLAGS = 0x4;
/** What a sample can have in a `trun`, in its order: duration, size, flags, composition offset. */
const SAMPLE_FIELDS = [0x100, 0x200, 0x400, 0x800];
const HAS_OFFSET = 0x800;

/** The smallest composition offset of a `trun` box (ISO 14496-12, 8.8.8), in ticks; 0 without any. */
function getSmallestOffset(box: Buffer): number {
  const [version, flags, count] = [box.readUInt8(8), box.readUIntBE(9, 3), box.readUInt32BE(12)];
  if (version === 0 || (flags & HAS_OFFSET) === 0) return 0;
  const start = 16 + (flags & HAS_DATA_OFFSET ? 4 : 0) + (flags & HAS_FIRST_FLAGS ? 4 : 0);
  const size = 4 * SAMPLE_FIELDS.filter((field) => flags & field).length;
  // The last field of a sample.
  return Math.min(0, ...Array.from({ length: count }, (_, at) => box.readInt32BE(start + (at + 1) * size - 4)));
}

/** The smallest composition offset in some boxes of an mp4 file, in ticks; 0 where none is negative. */
export function findSmallestOffset(boxes: Buffer): number {
  let smallest = 0;
  for (let at = 0; at + 8 <= boxes.length; at += boxes.readUInt32BE(at)) {
    const box = boxes.subarray(at, at + boxes.readUInt32BE(at));
    const type = box.toString('latin1', 4, 8);
    if (CONTAINERS.has(type)) smallest = Math.min(smallest, findSmallestOffset(box.subarray(8)));
    if (type === 'trun') smallest = Math.min(smallest, getSmallestOffset(box));
  }
  return smallest;
}

/**
 * How much later FFmpeg says that pictures of an fMP4 HLS stream are shown than browsers do, in ticks: it moves the times of
 * fragments with negative composition offsets, so that none is shown before it is decoded.
 */
export async function getFragmentDelay(playlist: string): Promise<number> {
  const folder = path.dirname(playlist);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.m4s'));
  const offsets = await Promise.all(
    files.map(async (file) => findSmallestOffset(await readFile(path.join(folder, file)))),
  );
  return -Math.min(0, ...offsets);
}
