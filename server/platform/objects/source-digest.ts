import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const SAMPLE_BYTES = 1024 * 1024;

/**
 * Tells files apart by their size and a megabyte of each end (SHA-256, hexadecimal): enough for video, whose index lies at
 * one of them, and as fast for 100 GB as for 1 MB.
 */
export async function getSourceDigest(file: string): Promise<string> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const hash = createHash('sha256').update(`${size}\n`);
  const buffer = Buffer.alloc(Math.min(SAMPLE_BYTES, size));
  for (const position of [0, Math.max(0, size - SAMPLE_BYTES)]) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest('hex');
}
