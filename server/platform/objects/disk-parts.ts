import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpError } from '../http/http-error.ts';
import { syncFile, syncFolder } from './durable.ts';
import {
  DamagedPartError,
  type PartStore,
  type StoredPart,
  type StoreUpload,
  type SweepParts,
} from './object-store.ts';

/** S3's largest part. */
export const MAX_PART_BYTES = 5 * 1024 ** 3;
const COPY_CHUNK_BYTES = 1 << 20;

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

const isOlder = (file: string, than: Date) =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs < than.getTime(),
    () => false,
  );

/** Parts as files, in a folder for each upload. The database says which of them count. */
export class DiskParts implements PartStore {
  readonly root: string;
  readonly #getObjectPath: (videoId: string, name: string) => string;

  constructor(root: string, getObjectPath: (videoId: string, name: string) => string) {
    this.root = root;
    this.#getObjectPath = getObjectPath;
  }

  #getFolder({ uploadId }: StoreUpload): string {
    return path.join(this.root, uploadId);
  }

  /** The first part makes the folder. */
  async begin(): Promise<null> {
    return null;
  }

  async put(upload: StoreUpload, partNumber: number, body: Readable): Promise<StoredPart> {
    const folder = this.#getFolder(upload);
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

  async presign(): Promise<null> {
    return null;
  }

  async list(): Promise<null> {
    return null;
  }

  async discard(upload: StoreUpload, file: string): Promise<void> {
    await rm(path.join(this.#getFolder(upload), file), { force: true });
  }

  /**
   * Joins parts, and checks the size and MD5 of each while copying. The object is flushed when this resolves; its ETag is S3's:
   * the MD5 of the parts' MD5s, and their count.
   */
  async join(
    upload: StoreUpload,
    parts: readonly StoredPart[],
    name: string,
    signal?: AbortSignal,
  ): Promise<{ etag: string; bytes: number }> {
    const folder = this.#getFolder(upload);
    const target = this.#getObjectPath(upload.videoId, name);
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

  async abort(upload: StoreUpload): Promise<void> {
    await rm(this.#getFolder(upload), { recursive: true, force: true });
  }

  async sweep({ find, unknownSince, brokenSince }: SweepParts): Promise<void> {
    const ids = (await readdir(this.root)).filter((name) => !name.startsWith('.'));
    if (ids.length === 0) return;
    const known = await find(ids);
    for (const id of ids) {
      const folder = path.join(this.root, id);
      const upload = known.get(id);
      if (upload?.isOpen) await removeBrokenOff(folder, upload.files, brokenSince);
      else if (upload || (await isOlder(folder, unknownSince))) await rm(folder, { recursive: true, force: true });
    }
  }
}

async function removeBrokenOff(folder: string, files: ReadonlySet<string>, since: Date): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    if (!files.has(name) && (await isOlder(file, since))) await rm(file, { force: true });
  }
}
