import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Selectable, sql } from 'kysely';
import type { UploadedPart } from '#api/contracts/uploads.ts';
import type { Db } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import { HttpError } from '../../http/http-error.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { DamagedPartError, type ObjectStore, type StoredPart, type StoreUpload } from '../../objects/object-store.ts';
import { getBytes, pickParts, toStoredParts } from './part-list.ts';
import type { StorageQuota } from './storage-quota.ts';

/** How long a request has an upload for itself while it joins the parts, and how often it renews that. */
const LEASE_SECONDS = 15;
const RENEW_MS = 5_000;
/** How often a request looks whether another one is done with the same upload. */
const WAIT_MS = 100;

type Upload = Selectable<Tables['uploads']>;

/** Names an upload: both must fit together. */
export interface UploadRef {
  readonly upload_id: string;
  readonly s3_object_name: string;
}

const gone = () => new HttpError(404, 'There is no such upload: it was aborted, or never started.');
const notInProgress = () => new HttpError(404, 'There is no such upload in progress.');
const complete = () => new HttpError(404, 'This upload is already complete.');
const isLeased = sql<boolean>`(leased_until is not null and leased_until > now())`;

const toStoreUpload = ({ upload_id, video_id, store_upload_id, source_key }: Upload): StoreUpload => ({
  uploadId: upload_id,
  videoId: video_id,
  begun: store_upload_id !== null && source_key !== null ? { id: store_upload_id, name: source_key } : null,
});

/**
 * Multipart uploads with the semantics of S3. The database says which parts have arrived and who may complete an upload,
 * so that any number of requests, of any number of processes, agree: each call may be repeated, and answers the same.
 */
export class MultipartUploads {
  readonly #db: Db;
  readonly #store: ObjectStore;
  readonly #quota: StorageQuota;

  constructor(db: Db, store: ObjectStore, quota: StorageQuota) {
    this.#db = db;
    this.#store = store;
    this.#quota = quota;
  }

  /** Starts an upload. The same ids again are the same upload. Throws a 409 when the owner has too many open ones. */
  async initiate(upload: {
    uploadId: string;
    videoId: string;
    owner: string;
    objectName: string;
    filename: string;
    contentType: string;
  }): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      // One at a time for each owner: counting and inserting must not interleave.
      await sql`select pg_advisory_xact_lock(hashtextextended(${upload.owner}, 0))`.execute(trx);
      const open = await trx
        .selectFrom('uploads')
        .select('upload_id')
        .where('owner', '=', upload.owner)
        .where('etag', 'is', null)
        .where('aborted_at', 'is', null)
        .execute();
      if (open.some(({ upload_id }) => upload_id === upload.uploadId)) return;
      if (open.length >= this.#quota.limits.maxOpenUploads) {
        throw new HttpError(
          409,
          `This API key has ${open.length} unfinished uploads, which is the limit. Complete or abort some of them first.`,
        );
      }
      await trx
        .insertInto('uploads')
        .values({
          upload_id: upload.uploadId,
          video_id: upload.videoId,
          object_name: upload.objectName,
          owner: upload.owner,
          filename: upload.filename,
          content_type: upload.contentType,
          etag: null,
        })
        .onConflict((conflict) => conflict.column('upload_id').doNothing())
        .execute();
    });
  }

  /** Has the object store begin an upload of its own, once, where it keeps uploads. */
  async #begin(upload: Upload): Promise<Upload> {
    if (upload.store_upload_id !== null) return upload;
    const begun = await this.#store.parts.begin(upload.video_id, upload.content_type);
    if (begun === null) return upload;
    const updated = await this.#db
      .updateTable('uploads')
      .set({ store_upload_id: begun.id, source_key: begun.name })
      .where('upload_id', '=', upload.upload_id)
      .where('store_upload_id', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (updated) return updated;
    // Another request was faster, or the upload is gone.
    await this.#store.parts.abort({ ...toStoreUpload(upload), begun });
    const other = await this.#selectUpload(upload.upload_id);
    if (!other) throw gone();
    return other;
  }

  #selectUpload(uploadId: string): Promise<Upload | undefined> {
    return this.#db.selectFrom('uploads').selectAll().where('upload_id', '=', uploadId).executeTakeFirst();
  }

  /** The upload, if it is the caller's and not aborted. Throws a 404. */
  async #find(owner: string, ref: UploadRef): Promise<Upload> {
    const upload = await this.#findAny(owner, ref);
    if (upload.aborted_at !== null) throw gone();
    return upload;
  }

  async #findAny(owner: string, ref: UploadRef): Promise<Upload> {
    const upload = await this.#selectUpload(ref.upload_id);
    // The same answer for an upload of another owner: it does not reveal which ids exist.
    if (!upload || upload.object_name !== ref.s3_object_name || upload.owner !== owner) throw gone();
    return upload;
  }

  async #findOpen(owner: string, ref: UploadRef): Promise<Upload> {
    const upload = await this.#find(owner, ref);
    if (upload.etag !== null) throw complete();
    return this.#begin(upload);
  }

  /** Where a part can be sent to the object store; null when it is to be sent to the platform. Throws a 404. */
  async presignPart(owner: string, ref: UploadRef, partNumber: number): Promise<string | null> {
    const url = await this.#store.parts.presign(toStoreUpload(await this.#findOpen(owner, ref)), partNumber);
    // A part that is sent there is not seen here.
    if (url !== null) {
      const touched_at = sql<Date>`now()`;
      await this.#db.updateTable('uploads').set({ touched_at }).where('upload_id', '=', ref.upload_id).execute();
    }
    return url;
  }

  /** The parts of an open upload that have arrived, in order. Throws a 404. */
  async listParts(owner: string, ref: UploadRef): Promise<StoredPart[]> {
    return this.#listParts(await this.#findOpen(owner, ref));
  }

  async #listParts(upload: Upload): Promise<StoredPart[]> {
    return (await this.#store.parts.list(toStoreUpload(upload))) ?? this.#listRows(upload.upload_id);
  }

  async #listRows(uploadId: string): Promise<StoredPart[]> {
    const rows = await this.#db
      .selectFrom('upload_parts')
      .selectAll()
      .where('upload_id', '=', uploadId)
      .orderBy('part_number')
      .execute();
    return rows.map(({ part_number, etag, size_bytes, file }) => ({
      part_number,
      etag,
      file,
      bytes: Number(size_bytes),
    }));
  }

  /**
   * Stores a part; one that was sent before is replaced. `bytes` is the announced size. Resolves to its ETag once it is
   * durable.
   */
  async putPart(uploadId: string, partNumber: number, body: Readable, bytes: number | undefined): Promise<string> {
    const find = async () => {
      const found = await this.#selectUpload(uploadId);
      if (!found || found.etag !== null || found.aborted_at !== null) throw notInProgress();
      return found;
    };
    const upload = await find();
    if (bytes === undefined && this.#quota.limits.maxBytes !== undefined)
      throw new HttpError(411, 'A part must be sent with its Content-Length.');
    await this.#quota.check(upload.owner, bytes ?? 0);
    const target = toStoreUpload(await this.#begin(upload));
    const part = await this.#store.parts.put(target, partNumber, body, bytes).catch(async (error: unknown) => {
      // Aborted meanwhile, and its parts removed.
      await find();
      throw error;
    });
    try {
      const replaced = await this.#db.transaction().execute(async (trx) => {
        const open = await trx
          .updateTable('uploads')
          .set({ touched_at: sql<Date>`now()` })
          .where('upload_id', '=', uploadId)
          .where('aborted_at', 'is', null)
          .returning(['etag', isLeased.as('is_leased')])
          .executeTakeFirst();
        if (!open || open.etag !== null) throw notInProgress();
        if (open.is_leased) throw new HttpError(409, 'This upload is being completed.');
        const row = { etag: part.etag, size_bytes: part.bytes, file: part.file };
        const old = await trx
          .selectFrom('upload_parts')
          .select(['file', 'size_bytes'])
          .where('upload_id', '=', uploadId)
          .where('part_number', '=', partNumber)
          .executeTakeFirst();
        // Others may have arrived since it was begun.
        await this.#quota.reserve(trx, upload.owner, part.bytes - Number(old?.size_bytes ?? 0));
        await trx
          .insertInto('upload_parts')
          .values({ upload_id: uploadId, part_number: partNumber, ...row })
          .onConflict((conflict) => conflict.columns(['upload_id', 'part_number']).doUpdateSet(row))
          .execute();
        return old?.file;
      });
      if (replaced) await this.#store.parts.discard(target, replaced);
      return part.etag;
    } catch (error) {
      // Whether the row was committed is not known after every error: housekeeping removes the file if it was not.
      if (error instanceof HttpError) await this.#store.parts.discard(target, part.file);
      throw error;
    }
  }

  /**
   * Joins the listed parts to the object and resolves to its ETag. Asked again, or by several at once, it joins them once
   * and answers all of them the same.
   */
  async complete(owner: string, ref: UploadRef, listed: readonly UploadedPart[], signal: AbortSignal): Promise<string> {
    for (;;) {
      signal.throwIfAborted();
      const upload = await this.#find(owner, ref);
      if (upload.etag !== null) return upload.etag;
      const etag = await this.#tryComplete(upload, listed);
      if (etag !== null) return etag;
      await delay(WAIT_MS);
    }
  }

  /** Resolves to null when another request has the upload, or took it over. */
  async #tryComplete(upload: Upload, listed: readonly UploadedPart[]): Promise<string | null> {
    const { upload_id, video_id, owner } = upload;
    const claimed = await this.#db
      .updateTable('uploads')
      .set({ attempt: sql`attempt + 1`, leased_until: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})` })
      .where('upload_id', '=', upload_id)
      .where('etag', 'is', null)
      .where('aborted_at', 'is', null)
      .where(sql<boolean>`not ${isLeased}`)
      .returning('attempt')
      .executeTakeFirst();
    if (!claimed) return null;
    const { attempt } = claimed;
    const updateIfHeld = () =>
      this.#db
        .updateTable('uploads')
        .where('upload_id', '=', upload_id)
        .where('attempt', '=', attempt)
        .where('etag', 'is', null)
        .where('aborted_at', 'is', null);
    const lost = new AbortController();
    const renewal = setInterval(() => {
      updateIfHeld()
        .set({ leased_until: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})` })
        .executeTakeFirst()
        .then(({ numUpdatedRows }) => {
          if (numUpdatedRows === 0n) lost.abort();
        })
        .catch(() => undefined);
    }, RENEW_MS);
    const sourceKey = upload.source_key ?? `source-${attempt}`;
    // Where the store joins parts by itself, all attempts make the same object.
    const removeSource = async () => {
      if (upload.store_upload_id === null) await this.#store.delete(toObjectKey(video_id, sourceKey));
    };
    let isPublishing = false;
    try {
      const stored = await this.#listParts(upload);
      const isJoined = upload.store_upload_id !== null && stored.length === 0;
      // An earlier attempt that died may have joined them already: the store knows.
      const parts = isJoined ? toStoredParts(listed) : pickParts(stored, listed);
      if (upload.store_upload_id !== null) await this.#quota.check(owner, getBytes(parts));
      const { etag, bytes } = await this.#store.parts.join(toStoreUpload(upload), parts, sourceKey, lost.signal);
      isPublishing = true;
      const published = await updateIfHeld()
        .set({ etag, source_key: sourceKey, size_bytes: bytes, leased_until: null })
        .executeTakeFirst();
      if (published.numUpdatedRows === 0n) {
        await removeSource();
        return null;
      }
      // The upload is complete whether or not this succeeds; housekeeping removes what is left.
      await this.#removeParts(upload).catch(() => undefined);
      return etag;
    } catch (error) {
      // A connection that breaks while the row is written leaves it open whether it was: housekeeping removes the object
      // if it was not.
      if (!isPublishing) await removeSource();
      await updateIfHeld().set({ leased_until: null }).execute();
      if (lost.signal.aborted) return null;
      if (error instanceof DamagedPartError) {
        await this.#db
          .deleteFrom('upload_parts')
          .where('upload_id', '=', upload_id)
          .where('part_number', '=', error.partNumber)
          .execute();
        throw new HttpError(400, `${error.message} Upload it again.`);
      }
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  async #removeParts(upload: Upload): Promise<void> {
    await this.#db.deleteFrom('upload_parts').where('upload_id', '=', upload.upload_id).execute();
    await this.#store.parts.abort(toStoreUpload(upload));
  }

  /** Gives an upload up. Asked again, it answers the same; while it is being completed, that is waited for. */
  async abort(owner: string, ref: UploadRef, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const upload = await this.#findAny(owner, ref);
      if (upload.etag !== null) throw complete();
      const { numUpdatedRows } = await this.#db
        .updateTable('uploads')
        .set({ aborted_at: sql<Date>`coalesce(aborted_at, now())` })
        .where('upload_id', '=', ref.upload_id)
        .where('etag', 'is', null)
        .where(sql<boolean>`not ${isLeased}`)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) return this.#removeParts(upload);
      await delay(WAIT_MS);
    }
  }
}
