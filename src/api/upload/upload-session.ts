import { z } from 'zod/mini';
import { digest } from '../digest.ts';

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

/** What must be kept to resume an upload after a reload or a crash: plain data, safe to store. */
export const uploadSessionSchema = z.object({
  videoId: z.string(),
  s3ObjectName: z.string(),
  uploadId: z.string(),
  /** Bytes per part, fixed for the whole upload. */
  partSize: z.int().check(z.positive()),
  size: z.int().check(z.nonnegative()),
  /** SHA-256 over the file's size, its first and its last 64 KiB. */
  fingerprint: z.string(),
});
export type UploadSession = z.infer<typeof uploadSessionSchema>;

const EDGE_BYTES = 64 * 1024;

/** Tells files apart without reading them whole. */
export async function getFingerprint(file: Blob): Promise<string> {
  const edges = new Blob([String(file.size), file.slice(0, EDGE_BYTES), file.slice(-EDGE_BYTES)]);
  const hash = await digest('SHA-256', new Uint8Array(await edges.arrayBuffer()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
