import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { HttpError } from '../http/http-error.ts';
import type { BegunUpload, PartStore, StoredPart, StoreUpload, SweepParts } from './object-store.ts';
import { isS3Error, PREFIX, type S3Connection, URL_SECONDS } from './s3-connection.ts';

/** Each upload has one object, of this name. */
const SOURCE_NAME = 'source-1';

const isGone = (error: unknown) => isS3Error(error, 'NoSuchUpload', 'NotFound', 'NoSuchKey');

/** What the store refuses although the parts have arrived. */
const REFUSALS: Readonly<Record<string, string>> = {
  EntityTooSmall: 'All parts but the last must have at least 5 MiB.',
  InvalidPart: 'A part is missing, or has another ETag than the one listed.',
  InvalidPartOrder: 'Parts must be listed in ascending order, each once.',
};

/** Parts in a bucket, as a multipart upload of the store itself: their bytes need not pass through the platform. */
export class S3Parts implements PartStore {
  readonly #connection: S3Connection;
  readonly #isProxied: boolean;

  constructor(connection: S3Connection, isProxied: boolean) {
    this.#connection = connection;
    this.#isProxied = isProxied;
  }

  #object(videoId: string, name: string) {
    return { Bucket: this.#connection.bucket, Key: `${PREFIX}${videoId}/${name}` };
  }

  #upload({ videoId, begun }: StoreUpload) {
    if (begun === null) throw new Error('The upload has not been begun in the object store.');
    return { ...this.#object(videoId, begun.name), UploadId: begun.id };
  }

  async begin(videoId: string, contentType: string): Promise<BegunUpload> {
    const { UploadId } = await this.#connection.client.send(
      new CreateMultipartUploadCommand({ ...this.#object(videoId, SOURCE_NAME), ContentType: contentType }),
    );
    if (!UploadId) throw new Error('The object store began an upload without an id.');
    return { id: UploadId, name: SOURCE_NAME };
  }

  async put(upload: StoreUpload, partNumber: number, body: Readable, bytes: number | undefined): Promise<StoredPart> {
    if (bytes === undefined) throw new HttpError(411, 'A part must be sent with its Content-Length.');
    const { ETag = '' } = await this.#connection.client.send(
      new UploadPartCommand({ ...this.#upload(upload), PartNumber: partNumber, Body: body, ContentLength: bytes }),
    );
    return { part_number: partNumber, etag: ETag, bytes, file: '' };
  }

  async presign(upload: StoreUpload, partNumber: number): Promise<string | null> {
    if (this.#isProxied) return null;
    const command = new UploadPartCommand({ ...this.#upload(upload), PartNumber: partNumber });
    return getSignedUrl(this.#connection.signer, command, { expiresIn: URL_SECONDS });
  }

  async list(upload: StoreUpload): Promise<StoredPart[]> {
    // No part of it has been asked for yet.
    if (upload.begun === null) return [];
    const parts: StoredPart[] = [];
    try {
      // Not the SDK's paginator: it never ends with stores that name a next page although there is none.
      for (let marker: string | undefined; ; ) {
        const page = await this.#connection.client.send(
          new ListPartsCommand({ ...this.#upload(upload), PartNumberMarker: marker }),
        );
        for (const { PartNumber = 0, ETag = '', Size = 0 } of page.Parts ?? [])
          parts.push({ part_number: PartNumber, etag: ETag, bytes: Size, file: '' });
        marker = page.NextPartNumberMarker;
        if (!page.IsTruncated || marker === undefined) return parts;
      }
    } catch (error) {
      // Joined or aborted already: the database says which.
      if (isGone(error)) return [];
      throw error;
    }
  }

  /** The store replaces parts by itself. */
  async discard(): Promise<void> {}

  async join(
    upload: StoreUpload,
    parts: readonly StoredPart[],
    name: string,
    signal: AbortSignal,
  ): Promise<{ etag: string; bytes: number }> {
    const Parts = parts.map(({ part_number, etag }) => ({ PartNumber: part_number, ETag: etag }));
    try {
      await this.#connection.client.send(
        new CompleteMultipartUploadCommand({ ...this.#upload(upload), MultipartUpload: { Parts } }),
        { abortSignal: signal },
      );
    } catch (error) {
      if (error instanceof S3ServiceException && REFUSALS[error.name])
        throw new HttpError(400, REFUSALS[error.name] ?? error.message);
      // An earlier attempt joined them, and ended before it said so: nothing else writes under this key.
      if (!isGone(error)) throw error;
    }
    const { ETag = '', ContentLength = 0 } = await this.#connection.client.send(
      new HeadObjectCommand(this.#object(upload.videoId, name)),
    );
    return { etag: ETag, bytes: ContentLength };
  }

  async abort(upload: StoreUpload): Promise<void> {
    if (upload.begun === null) return;
    await this.#connection.client
      .send(new AbortMultipartUploadCommand(this.#upload(upload)))
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
  }

  async sweep({ find, unknownSince }: SweepParts): Promise<void> {
    const { client, bucket } = this.#connection;
    let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: PREFIX, ...marker }));
      const uploads = page.Uploads ?? [];
      const known = await find(uploads.flatMap(({ UploadId }) => UploadId ?? []));
      for (const { Key, UploadId, Initiated } of uploads) {
        const upload = known.get(UploadId ?? '');
        if (upload?.isOpen || (!upload && (Initiated ?? new Date()) >= unknownSince)) continue;
        await client
          .send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }))
          .catch((error: unknown) => {
            if (!isGone(error)) throw error;
          });
      }
      if (!page.IsTruncated) return;
      marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
  }
}
