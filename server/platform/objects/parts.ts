import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpError } from '../http/http-error.ts';
import { syncFile, syncFolder } from './durable.ts';

/** S3's largest part. */
export const MAX_PART_BYTES = 5 * 1024 ** 3;
const COPY_CHUNK_BYTES = 1 << 20;

export interface StoredPart {
  readonly part_number: number;
  /** MD5 of the part, in quotes. */
  readonly etag: string;
  readonly bytes: number;
  /** File name in the upload's folder. */
  readonly file: string;
}

/** Passes bytes on while counting and hashing them. `check` throws when there are too many. */
function createMeter(check: (bytes: number) => void = () => undefined) {
  const hash = createHash('md5');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      try {
        check(bytes);
        done(null, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  return { stream, getBytes: () => bytes, digest: () => hash.digest() };
}

const toEtag = (digest: Buffer) => `"${digest.toString('hex')}"`;

function checkPartSize(bytes: number): void {
  if (bytes > MAX_PART_BYTES) throw new HttpError(413, 'A part may not be larger than 5 GiB.');
}

/** Streams one part to a file of its own, and resolves once the bytes are safe on the disk. */
export async function writePart(folder: string, partNumber: number, body: Readable): Promise<StoredPart> {
  await mkdir(folder, { recursive: true });
  const file = `${partNumber}-${randomUUID()}`;
  const incoming = path.join(folder, `${file}.incoming`);
  const meter = createMeter(checkPartSize);
  try {
    await pipeline(body, meter.stream, createWriteStream(incoming));
    await syncFile(incoming);
    await rename(incoming, path.join(folder, file));
    await syncFolder(folder);
    return { part_number: partNumber, etag: toEtag(meter.digest()), bytes: meter.getBytes(), file };
  } catch (error) {
    await rm(incoming, { force: true });
    throw error;
  }
}

/** A stored part does not hold what was acknowledged. */
export class DamagedPartError extends Error {
  override name = 'DamagedPartError';
  readonly partNumber: number;
  constructor(partNumber: number) {
    super(`Part ${partNumber} is damaged on the platform's disk.`);
    this.partNumber = partNumber;
  }
}

/**
 * Joins parts into `target`, which is flushed when this resolves, and checks the size and MD5 of each while copying.
 * Resolves to the object's ETag (as in S3: the MD5 of the parts' MD5s, and their count) and size.
 */
export async function joinParts(
  folder: string,
  parts: readonly StoredPart[],
  target: string,
  signal?: AbortSignal,
): Promise<{ etag: string; bytes: number }> {
  await mkdir(path.dirname(target), { recursive: true });
  await rm(target, { force: true });
  const hash = createHash('md5');
  let bytes = 0;
  for (const part of parts) {
    const meter = createMeter();
    const source = createReadStream(path.join(folder, part.file), { highWaterMark: COPY_CHUNK_BYTES });
    await pipeline(source, meter.stream, createWriteStream(target, { flags: 'a' }), { signal }).catch(
      (error: unknown) => {
        throw error instanceof Error && 'code' in error && error.code === 'ENOENT'
          ? new DamagedPartError(part.part_number)
          : error;
      },
    );
    const digest = meter.digest();
    if (meter.getBytes() !== part.bytes || toEtag(digest) !== part.etag) throw new DamagedPartError(part.part_number);
    hash.update(digest);
    bytes += meter.getBytes();
  }
  await syncFile(target);
  await syncFolder(path.dirname(target));
  return { etag: `"${hash.digest('hex')}-${parts.length}"`, bytes };
}
