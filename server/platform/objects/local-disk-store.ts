import { access, constants, mkdir, open, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { DiskParts } from './disk-parts.ts';
import { publishFile, syncFolder, syncTree } from './durable.ts';
import {
  type ByteRange,
  type ObjectContent,
  ObjectNotFoundError,
  type ObjectStore,
  resolveRange,
  type StoredObject,
} from './object-store.ts';

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** How long objects without a row are kept that an earlier version has put aside. */
const OLD_TRASH_MS = 7 * 24 * 3_600_000;

/** Objects as files below `objects` in a folder. The scratch folder has to be on the same file system: files are renamed. */
export class LocalDiskStore implements ObjectStore {
  readonly objects: string;
  readonly #dataDir: string;
  readonly parts: DiskParts;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.objects = path.join(dataDir, 'objects');
    this.parts = new DiskParts(path.join(dataDir, 'uploads'), (videoId, name) => this.getPath(`${videoId}/${name}`));
  }

  /** Makes the folders that are missing, and removes what earlier versions kept beside them. */
  async open(): Promise<void> {
    await mkdir(this.objects, { recursive: true });
    await mkdir(this.parts.root, { recursive: true });
    await rm(path.join(this.#dataDir, 'samples'), { recursive: true, force: true });
    const trash = path.join(this.#dataDir, 'trash');
    for (const name of await readdir(trash).catch(() => [])) {
      const { mtimeMs } = await stat(path.join(trash, name));
      if (mtimeMs < Date.now() - OLD_TRASH_MS) await rm(path.join(trash, name), { recursive: true, force: true });
    }
  }

  get description(): string {
    return this.objects;
  }

  /** Where an object is. Throws for a key that leads out of the store. */
  getPath(key: string): string {
    const file = path.join(this.objects, key);
    if (!file.startsWith(this.objects + path.sep)) throw new ObjectNotFoundError(key);
    return file;
  }

  async put(key: string, file: string): Promise<number> {
    const target = this.getPath(key);
    const { size } = await stat(file);
    await mkdir(path.dirname(target), { recursive: true });
    await publishFile(file, target);
    return size;
  }

  async putFolder(key: string, folder: string): Promise<number> {
    const target = this.getPath(key);
    const bytes = await syncTree(folder);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(folder, target);
    await syncFolder(path.dirname(target));
    return bytes;
  }

  async get(key: string, range?: ByteRange): Promise<ObjectContent> {
    const handle = await open(this.getPath(key), 'r').catch((error: unknown) => {
      throw isMissing(error) ? new ObjectNotFoundError(key) : error;
    });
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new ObjectNotFoundError(key);
      const { start, end } = resolveRange(range, stats.size);
      // The stream closes the handle.
      const stream = handle.createReadStream({ start, end: Math.max(start, end) });
      const etag = `"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs).toString(16)}"`;
      return { stream, start, end, totalBytes: stats.size, etag, modifiedAt: stats.mtime };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async fetch(key: string): Promise<string> {
    return this.getPath(key);
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const folder = path.posix.dirname(`${prefix}.`);
    const entries = await readdir(path.join(this.objects, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const key = path.posix.join(folder, entry.name);
      if (!key.startsWith(prefix)) continue;
      if (entry.isDirectory()) yield* this.list(`${key}/`);
      else {
        const stats = await stat(path.join(this.objects, key)).catch(() => null);
        if (stats) yield { key, bytes: stats.size, modifiedAt: stats.mtime };
      }
    }
  }

  async *listFolders(): AsyncIterable<string> {
    for (const entry of await readdir(this.objects, { withFileTypes: true })) if (entry.isDirectory()) yield entry.name;
  }

  async delete(key: string): Promise<void> {
    const target = this.getPath(key);
    await rm(target, { recursive: true, force: true });
    // The folder above, when this was the last in it.
    const above = path.dirname(target);
    if (above !== this.objects) await rmdir(above).catch(() => undefined);
  }

  async check(): Promise<void> {
    await access(this.objects, constants.R_OK | constants.W_OK);
  }

  async getFreeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.objects);
    return bavail * bsize;
  }

  /** Files are served by the platform. */
  async presignGet(): Promise<null> {
    return null;
  }
}
