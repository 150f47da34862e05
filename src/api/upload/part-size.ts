/** S3's limit on the parts of one upload. */
const MAX_PARTS = 10_000;
const MIB = 1024 * 1024;

/** The SDK helper's default part size. */
export const DEFAULT_PART_SIZE = 10 * MIB;

/** The part size for a file of `bytes`: the preferred one, grown to whole MiB where 10,000 parts would not be enough. */
export function choosePartSize(bytes: number, preferred = DEFAULT_PART_SIZE): number {
  const needed = Math.ceil(bytes / MAX_PARTS);
  return needed <= preferred ? preferred : Math.ceil(needed / MIB) * MIB;
}

/** Byte range of part `number` (from 1): `[start, end)`. */
export function getPartRange(number: number, partSize: number, bytes: number): [start: number, end: number] {
  const start = (number - 1) * partSize;
  return [start, Math.min(bytes, start + partSize)];
}
