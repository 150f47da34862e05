import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { UploadedPart } from '#api/schemas/uploads.ts';
import { Problem } from '../problem.ts';

/** S3's largest part. */
const MAX_PART_BYTES = 5 * 1024 ** 3;
const PART_NAME = /^(\d+)-([0-9a-f]{32})$/;

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.sync();
  await handle.close();
}

interface StoredPart extends UploadedPart {
  readonly file: string;
  readonly bytes: number;
}

/** The parts that have arrived, in order. A part's number and MD5 are its file name, so that nothing else must agree. */
export async function storedParts(folder: string): Promise<StoredPart[]> {
  const names = await readdir(folder).catch(() => []);
  const parts = names.flatMap((name) => {
    const match = PART_NAME.exec(name);
    return match?.[1] && match[2]
      ? [{ part_number: Number(match[1]), etag: `"${match[2]}"`, file: path.join(folder, name) }]
      : [];
  });
  const sized = await Promise.all(parts.map(async (part) => ({ ...part, bytes: (await stat(part.file)).size })));
  return sized.sort((a, b) => a.part_number - b.part_number);
}

/** Streams one part to disk and answers its ETag once the bytes are safe there. A part sent again replaces the old one. */
export async function storePart(folder: string, partNumber: number, body: Readable): Promise<string> {
  await mkdir(folder, { recursive: true });
  const incoming = path.join(folder, `${partNumber}.${process.hrtime.bigint()}.incoming`);
  const hash = createHash('md5');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > MAX_PART_BYTES ? new Problem(413, 'A part may not be larger than 5 GiB.') : null, chunk);
    },
  });
  try {
    await pipeline(body, measure, createWriteStream(incoming));
    await sync(incoming);
    const digest = hash.digest('hex');
    const older = (await storedParts(folder)).filter((part) => part.part_number === partNumber);
    const file = path.join(folder, `${partNumber}-${digest}`);
    await rename(incoming, file);
    await Promise.all(older.filter((part) => part.file !== file).map((part) => rm(part.file, { force: true })));
    return `"${digest}"`;
  } catch (error) {
    await rm(incoming, { force: true });
    throw error;
  }
}

const unquoted = (etag: string) => etag.replaceAll('"', '');

/**
 * Joins the named parts into `target` and answers the object's ETag (S3's: the MD5 of the parts' MD5s, and their
 * count). Throws a 400 when a part is missing, out of order, or not the one that was stored.
 */
export async function joinParts(folder: string, parts: readonly UploadedPart[], target: string): Promise<string> {
  const stored = new Map((await storedParts(folder)).map((part) => [part.part_number, part]));
  const hash = createHash('md5');
  const files: string[] = [];
  let last = 0;
  for (const { part_number, etag } of parts) {
    const part = stored.get(part_number);
    if (part_number <= last) throw new Problem(400, 'Parts must be listed in ascending order, each once.');
    if (!part) throw new Problem(400, `Part ${part_number} has not been uploaded.`);
    if (unquoted(part.etag) !== unquoted(etag))
      throw new Problem(400, `Part ${part_number} has another ETag than the one listed.`);
    last = part_number;
    files.push(part.file);
    hash.update(Buffer.from(unquoted(part.etag), 'hex'));
  }
  await mkdir(path.dirname(target), { recursive: true });
  const incoming = `${target}.incoming`;
  await rm(incoming, { force: true });
  for (const file of files)
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), createWriteStream(incoming, { flags: 'a' }));
  await sync(incoming);
  await rename(incoming, target);
  return `"${hash.digest('hex')}-${files.length}"`;
}
