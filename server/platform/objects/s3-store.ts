import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectsCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  type ObjectIdentifier,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { inParallel } from '#api/concurrency.ts';
import type { Log } from '../../logging.ts';
import { getMediaType } from './media-types.ts';
import {
  type ByteRange,
  type ObjectContent,
  ObjectNotFoundError,
  type ObjectStore,
  RangeNotSatisfiableError,
  resolveRange,
  type StoredObject,
} from './object-store.ts';
import { connect, isS3Error, PREFIX, type S3Config, type S3Connection, URL_SECONDS } from './s3-connection.ts';
import { S3Parts } from './s3-parts.ts';

const MIN_PART_BYTES = 8 * 1024 ** 2;
/** S3 takes 10,000 parts of an object. */
const MAX_PARTS = 9_000;
const PARALLEL_TRANSFERS = 4;
const DELETE_BATCH = 1_000;
/** What browsers need: parts are sent with PUT, and their ETags read. */
const CORS = {
  CORSRules: [
    {
      AllowedOrigins: ['https://studio.example.com'],
      AllowedMethods: ['PUT', 'GET', 'HEAD'],
      AllowedHeaders: ['*'],
      ExposeHeaders: ['ETag', 'Content-Range'],
    },
  ],
};

/** Objects in a bucket, below `objects/`. */
export class S3Store implements ObjectStore {
  readonly parts: S3Parts;
  readonly #connection: S3Connection;
  readonly #config: S3Config;

  constructor(config: S3Config) {
    this.#config = config;
    this.#connection = connect(config);
    this.parts = new S3Parts(this.#connection, config.proxyUploads);
  }

  get description(): string {
    return `the bucket ${this.#config.bucket}`;
  }

  #at(key: string) {
    return { Bucket: this.#connection.bucket, Key: `${PREFIX}${key}` };
  }

  async put(key: string, file: string): Promise<number> {
    const { size } = await stat(file);
    const upload = new Upload({
      client: this.#connection.client,
      params: {
        ...this.#at(key),
        Body: createReadStream(file),
        ContentType: getMediaType(key),
        ...(size <= MIN_PART_BYTES ? { ContentLength: size } : {}),
      },
      partSize: Math.max(MIN_PART_BYTES, Math.ceil(size / MAX_PARTS)),
      queueSize: 2,
    });
    await upload.done();
    return size;
  }

  async putFolder(key: string, folder: string): Promise<number> {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const sizes = await inParallel(files, PARALLEL_TRANSFERS, (file) =>
      this.put(`${key}/${path.relative(folder, file).split(path.sep).join('/')}`, file),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async #getSize(key: string): Promise<number> {
    const { ContentLength = 0 } = await this.#connection.client.send(new HeadObjectCommand(this.#at(key)));
    return ContentLength;
  }

  async get(key: string, range?: ByteRange): Promise<ObjectContent> {
    try {
      const header = range && ('last' in range ? `bytes=-${range.last}` : `bytes=${range.start}-${range.end ?? ''}`);
      const answer = await this.#connection.client.send(
        new GetObjectCommand({ ...this.#at(key), ...(header ? { Range: header } : {}) }),
      );
      if (!(answer.Body instanceof Readable)) throw new Error('The object store answered without a body.');
      const totalBytes = Number(answer.ContentRange?.split('/')[1] ?? answer.ContentLength ?? 0);
      return {
        stream: answer.Body,
        ...resolveRange(range, totalBytes),
        totalBytes,
        etag: answer.ETag ?? '""',
        modifiedAt: answer.LastModified ?? new Date(0),
      };
    } catch (error) {
      if (isS3Error(error, 'NoSuchKey', 'NotFound')) throw new ObjectNotFoundError(key);
      if (isS3Error(error, 'InvalidRange')) throw new RangeNotSatisfiableError(await this.#getSize(key));
      throw error;
    }
  }

  async fetch(key: string, folder: string, signal?: AbortSignal): Promise<string> {
    const file = path.join(folder, key.replaceAll('/', '_'));
    await mkdir(folder, { recursive: true });
    const { stream } = await this.get(key);
    await pipeline(stream, createWriteStream(file), { ...(signal ? { signal } : {}) });
    return file;
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const pages = paginateListObjectsV2(
      { client: this.#connection.client },
      { Bucket: this.#connection.bucket, Prefix: `${PREFIX}${prefix}` },
    );
    for await (const { Contents = [] } of pages) {
      for (const { Key, Size = 0, LastModified } of Contents) {
        if (Key) yield { key: Key.slice(PREFIX.length), bytes: Size, modifiedAt: LastModified ?? new Date(0) };
      }
    }
  }

  async *listFolders(): AsyncIterable<string> {
    const pages = paginateListObjectsV2(
      { client: this.#connection.client },
      { Bucket: this.#connection.bucket, Prefix: PREFIX, Delimiter: '/' },
    );
    for await (const { CommonPrefixes = [] } of pages) {
      for (const { Prefix } of CommonPrefixes) if (Prefix) yield Prefix.slice(PREFIX.length, -1);
    }
  }

  async delete(key: string): Promise<void> {
    let batch: ObjectIdentifier[] = [{ Key: `${PREFIX}${key}` }];
    for await (const object of this.list(`${key}/`)) {
      batch.push({ Key: `${PREFIX}${object.key}` });
      if (batch.length < DELETE_BATCH) continue;
      await this.#deleteAll(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#deleteAll(batch);
  }

  async #deleteAll(objects: ObjectIdentifier[]): Promise<void> {
    const { Errors = [] } = await this.#connection.client.send(
      new DeleteObjectsCommand({ Bucket: this.#connection.bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) throw new Error(`The object store did not delete ${first.Key}: ${first.Message}`);
  }

  async check(): Promise<void> {
    await this.#connection.client.send(new HeadBucketCommand({ Bucket: this.#connection.bucket }));
  }

  /** What to set so that browsers can send parts to the bucket and read their ETags; null when they can. */
  async checkCors(): Promise<string | null> {
    const { client, bucket } = this.#connection;
    const rules = await client.send(new GetBucketCorsCommand({ Bucket: bucket })).then(
      ({ CORSRules = [] }) => CORSRules,
      () => [],
    );
    const has = (list: readonly string[] | undefined, item: string) =>
      list?.some((one) => one === '*' || one.toLowerCase() === item.toLowerCase());
    if (rules.some(({ AllowedMethods, ExposeHeaders }) => has(AllowedMethods, 'PUT') && has(ExposeHeaders, 'ETag')))
      return null;
    return `Browsers cannot upload to the bucket ${bucket}. Set its CORS to ${JSON.stringify(CORS)}, or set S3_PROXY_UPLOADS=true.`;
  }

  /** A bucket has no end. */
  async getFreeBytes(): Promise<null> {
    return null;
  }

  async presignGet(key: string): Promise<string | null> {
    if (!this.#config.redirectMedia) return null;
    return getSignedUrl(this.#connection.signer, new GetObjectCommand(this.#at(key)), { expiresIn: URL_SECONDS });
  }
}

/** Uses a bucket. Rejects when it cannot be used; a bucket that browsers cannot send parts to is told in the log. */
export async function openS3Store(config: S3Config, log: Log): Promise<S3Store> {
  const store = new S3Store(config);
  try {
    await store.check();
  } catch (cause) {
    throw new Error(`S3_BUCKET: the bucket ${config.bucket} cannot be used (${toReason(cause)}).`, { cause });
  }
  if (!config.proxyUploads) {
    const advice = await store.checkCors();
    if (advice !== null) log.warn(advice);
  }
  return store;
}

const toReason = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));
