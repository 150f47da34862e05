import type { Readable } from 'node:stream';

/**
 * Everything that is kept as bytes goes through this port: sources, renditions, HLS packages, pictures. Objects are named by
 * keys with `/` between their parts ("<video id>/transcode-2/720p.mp4"), never by paths. What is stored under a key does not
 * change; each attempt at a stage writes keys of its own, and the database says which ones are published.
 */
export interface ObjectStore {
  /** Names the store in errors and on the Settings page. */
  readonly description: string;
  /** Stores a local file, which the store may move. Durable when it resolves; resolves to its size in bytes. */
  put(key: string, file: string): Promise<number>;
  /** Stores all files of a local folder below a key, which the store may move. Resolves to their size in bytes. */
  putFolder(key: string, folder: string): Promise<number>;
  /** Throws `ObjectNotFoundError` and `RangeNotSatisfiableError`. The stream must be read or destroyed. */
  get(key: string, range?: ByteRange): Promise<ObjectContent>;
  /** A local file with an object's bytes, to be read only: in `folder`, or wherever the store has it. */
  fetch(key: string, folder: string, signal?: AbortSignal): Promise<string>;
  /** The objects whose keys begin with `prefix`, in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** The first parts of all keys. */
  listFolders(): AsyncIterable<string>;
  /** Deletes an object, and all objects below its key. Does nothing when there are none. */
  delete(key: string): Promise<void>;
  /** Rejects when objects cannot be read and written now. */
  check(): Promise<void>;
  /** Bytes that can still be stored; null when the store does not tell. */
  getFreeBytes(): Promise<number | null>;
  /** A URL by which a browser can get an object from the store itself for an hour; null when it has to come from here. */
  presignGet(key: string): Promise<string | null>;
  readonly parts: PartStore;
}

/** From `start` to `end`, both included, to the end of the object when there is none, or the last bytes of it. */
export type ByteRange = { readonly start: number; readonly end?: number } | { readonly last: number };

export interface ObjectContent {
  readonly stream: Readable;
  /** First and last byte that the stream gives, both included. */
  readonly start: number;
  readonly end: number;
  /** Size of the whole object. */
  readonly totalBytes: number;
  readonly etag: string;
  readonly modifiedAt: Date;
}

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** An upload in parts, as its store knows it. */
export interface StoreUpload {
  readonly uploadId: string;
  readonly videoId: string;
  /** What `begin` has given. */
  readonly begun: BegunUpload | null;
}

export interface BegunUpload {
  /** The store's own id of the upload. */
  readonly id: string;
  /** Name of the object that its parts become, relative to the video. */
  readonly name: string;
}

export interface StoredPart {
  readonly part_number: number;
  /** MD5 of the part, in quotes. */
  readonly etag: string;
  readonly bytes: number;
  /** Name that the store has given to these bytes. */
  readonly file: string;
}

/** Parts of uploads. Who may complete an upload, and when, is decided in the database, never here. */
export interface PartStore {
  /** Prepares an upload, where the store keeps uploads of its own; resolves to null where it does not. */
  begin(videoId: string, contentType: string): Promise<BegunUpload | null>;
  /** Stores one part, and resolves once its bytes are durable. `bytes` is the announced size; undefined when there is none. */
  put(upload: StoreUpload, partNumber: number, body: Readable, bytes: number | undefined): Promise<StoredPart>;
  /** A URL to which a browser can send a part directly; null when parts are sent to the platform. */
  presign(upload: StoreUpload, partNumber: number): Promise<string | null>;
  /** The parts that have arrived, in order; null when the database knows them. */
  list(upload: StoreUpload): Promise<StoredPart[] | null>;
  /** Forgets the bytes of a part that was replaced or refused. */
  discard(upload: StoreUpload, file: string): Promise<void>;
  /** Makes the object `name` of the video out of parts. Throws `DamagedPartError`. May be called again. */
  join(
    upload: StoreUpload,
    parts: readonly StoredPart[],
    name: string,
    signal: AbortSignal,
  ): Promise<{ etag: string; bytes: number }>;
  /** Removes all parts. Does nothing when there are none. */
  abort(upload: StoreUpload): Promise<void>;
  /**
   * Removes parts of uploads that are over, of unknown ones when they are older than `unknownSince`, and what broken-off requests
   * left of open ones when it is older than `brokenSince`.
   */
  sweep(options: SweepParts): Promise<void>;
}

export interface SweepParts {
  /** Looks up uploads by their ids (the store's own ones where it has them); those that no row knows are left out. */
  readonly find: (ids: readonly string[]) => Promise<ReadonlyMap<string, KnownUpload>>;
  readonly unknownSince: Date;
  readonly brokenSince: Date;
}

export interface KnownUpload {
  readonly isOpen: boolean;
  /** `StoredPart.file` of the parts that count. */
  readonly files: ReadonlySet<string>;
}

export class ObjectNotFoundError extends Error {
  override name = 'ObjectNotFoundError';
  constructor(key: string) {
    super(`There is no object ${key}.`);
  }
}

export class RangeNotSatisfiableError extends Error {
  override name = 'RangeNotSatisfiableError';
  readonly totalBytes: number;
  constructor(totalBytes: number) {
    super(`The object has ${totalBytes} bytes.`);
    this.totalBytes = totalBytes;
  }
}

/** A stored part does not hold what was acknowledged. */
export class DamagedPartError extends Error {
  override name = 'DamagedPartError';
  readonly partNumber: number;
  constructor(partNumber: number) {
    super(`Part ${partNumber} is damaged in the object store.`);
    this.partNumber = partNumber;
  }
}

/** The first and last byte that a range means of an object, both included. Throws `RangeNotSatisfiableError`. */
export function resolveRange(range: ByteRange | undefined, totalBytes: number): { start: number; end: number } {
  if (!range) return { start: 0, end: totalBytes - 1 };
  const start = 'last' in range ? Math.max(0, totalBytes - range.last) : range.start;
  const end = 'last' in range ? totalBytes - 1 : Math.min(range.end ?? totalBytes - 1, totalBytes - 1);
  if (start > end || ('last' in range && range.last === 0)) throw new RangeNotSatisfiableError(totalBytes);
  return { start, end };
}
