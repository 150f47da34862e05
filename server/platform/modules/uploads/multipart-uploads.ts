import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Selectable, sql } from 'kysely';
import type { UploadedPart } from '#api/contracts/uploads.ts';
import type { Db } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Layout } from '../../objects/layout.ts';
import { DamagedPartError, joinParts, type StoredPart, writePart } from '../../objects/parts.ts';

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

export interface UploadQuota {
  /** Unfinished uploads that an owner may have. */
  readonly maxOpenUploads: number;
  /** Bytes that an owner may store; undefined for no limit. */
  readonly maxBytes: number | undefined;
}

const gone = () => new HttpError(404, 'There is no such upload: it was aborted, or never started.');
const notInProgress = () => new HttpError(404, 'There is no such upload in progress.');
const complete = () => new HttpError(404, 'This upload is already complete.');
const isLeased = sql<boolean>`(leased_until is not null and leased_until > now())`;

const unquoted = (etag: string) => etag.replaceAll('"', '');

/** The stored parts that a client lists, in its order. Throws a 400 when one is missing, out of order, or another. */
export function pickParts(stored: readonly StoredPart[], listed: readonly UploadedPart[]): StoredPart[] {
  const byNumber = new Map(stored.map((part) => [part.part_number, part]));
  let last = 0;
  return listed.map(({ part_number, etag }) => {
    const part = byNumber.get(part_number);
    if (part_number <= last) throw new HttpError(400, 'Parts must be listed in ascending order, each once.');
    if (!part) throw new HttpError(400, `Part ${part_number} has not been uploaded.`);
    if (unquoted(part.etag) !== unquoted(etag))
      throw new HttpError(400, `Part ${part_number} has another ETag than the one listed.`);
    last = part_number;
    return part;
  });
}

/**
 * Multipart uploads with the semantics of S3. The database says which parts have arrived and who may complete an upload,
 * so that any number of requests, of any number of processes, agree: each call may be repeated, and answers the same.
 */
export class MultipartUploads {
  readonly #db: Db;
  readonly #layout: Layout;
  readonly #quota: UploadQuota;

  constructor(db: Db, layout: Layout, quota: UploadQuota) {
    this.#db = db;
    this.#layout = layout;
    this.#quota = quota;
  }

  /** Begins an upload. The same ids again are the same upload. Throws a 409 when the owner has too many open ones. */
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
      if (open.length >= this.#quota.maxOpenUploads) {
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

  /** The upload, if it is the caller's and not aborted. Throws a 404. */
  async #find(owner: string, ref: UploadRef): Promise<Upload> {
    const upload = await this.#findAny(owner, ref);
    if (upload.aborted_at !== null) throw gone();
    return upload;
  }

  async #findAny(owner: string, ref: UploadRef): Promise<Upload> {
    const upload = await this.#db
      .selectFrom('uploads')
      .selectAll()
      .where('upload_id', '=', ref.upload_id)
      .executeTakeFirst();
    // The same answer for an upload of another owner: it does not reveal which ids exist.
    if (!upload || upload.object_name !== ref.s3_object_name || upload.owner !== owner) throw gone();
    return upload;
  }

  /** The upload, if it can still take parts. */
  async findOpen(owner: string, ref: UploadRef): Promise<Upload> {
    const upload = await this.#find(owner, ref);
    if (upload.etag !== null) throw complete();
    return upload;
  }

  /** The parts that have arrived, in order. */
  async listParts(uploadId: string): Promise<StoredPart[]> {
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

  /** Stores a part; one that was sent before is replaced. Resolves to its ETag once it is durable. */
  async putPart(uploadId: string, partNumber: number, body: Readable, announcedBytes: number): Promise<string> {
    const findOwner = async () => {
      const upload = await this.#db
        .selectFrom('uploads')
        .select('owner')
        .where('upload_id', '=', uploadId)
        .where('etag', 'is', null)
        .where('aborted_at', 'is', null)
        .executeTakeFirst();
      if (!upload) throw notInProgress();
      return upload.owner;
    };
    await this.checkQuota(await findOwner(), announcedBytes);
    const folder = this.#layout.parts(uploadId);
    const part = await writePart(folder, partNumber, body).catch(async (error: unknown) => {
      // Aborted meanwhile, and its folder removed.
      await findOwner();
      throw error;
    });
    const discard = (file: string) => rm(path.join(folder, file), { force: true });
    try {
      const replaced = await this.#db.transaction().execute(async (trx) => {
        const open = await trx
          .selectFrom('uploads')
          .select(['etag', isLeased.as('is_leased')])
          .where('upload_id', '=', uploadId)
          .where('aborted_at', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        if (!open || open.etag !== null) throw notInProgress();
        if (open.is_leased) throw new HttpError(409, 'This upload is being completed.');
        const row = { etag: part.etag, size_bytes: part.bytes, file: part.file };
        const old = await trx
          .selectFrom('upload_parts')
          .select('file')
          .where('upload_id', '=', uploadId)
          .where('part_number', '=', partNumber)
          .executeTakeFirst();
        await trx
          .insertInto('upload_parts')
          .values({ upload_id: uploadId, part_number: partNumber, ...row })
          .onConflict((conflict) => conflict.columns(['upload_id', 'part_number']).doUpdateSet(row))
          .execute();
        return old?.file;
      });
      if (replaced) await discard(replaced);
      return part.etag;
    } catch (error) {
      // Whether the row was committed is not known after every error: housekeeping removes the file if it was not.
      if (error instanceof HttpError) await discard(part.file);
      throw error;
    }
  }

  /** Throws a 507 when an owner may not store so many bytes more. */
  async checkQuota(owner: string, bytes: number): Promise<void> {
    const { maxBytes } = this.#quota;
    if (maxBytes === undefined) return;
    const { rows } = await sql<{ bytes: string | number }>`
      select coalesce((select sum(size_bytes) from videos where owner = ${owner}), 0)
        + coalesce((select sum(size_bytes) from uploads where owner = ${owner} and etag is not null
                    and not exists (select from videos where videos.video_id = uploads.video_id)), 0)
        + coalesce((select sum(parts.size_bytes) from upload_parts parts join uploads using (upload_id)
                    where owner = ${owner} and uploads.etag is null and aborted_at is null), 0) as bytes`.execute(
      this.#db,
    );
    if (Number(rows[0]?.bytes ?? 0) + bytes > maxBytes)
      throw new HttpError(507, 'The storage quota of this API key is used up. Delete some videos, then try again.');
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
  async #tryComplete({ upload_id, video_id }: Upload, listed: readonly UploadedPart[]): Promise<string | null> {
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
    const sourceKey = `source-${attempt}`;
    const target = this.#layout.file(video_id, sourceKey);
    let isPublishing = false;
    try {
      const parts = pickParts(await this.listParts(upload_id), listed);
      const folder = this.#layout.parts(upload_id);
      const { etag, bytes } = await joinParts(folder, parts, target, lost.signal);
      isPublishing = true;
      const published = await updateIfHeld()
        .set({ etag, source_key: sourceKey, size_bytes: bytes, leased_until: null })
        .executeTakeFirst();
      if (published.numUpdatedRows === 0n) {
        await rm(target, { force: true });
        return null;
      }
      // The upload is complete whether or not this succeeds; housekeeping removes what is left.
      await this.#removeParts(upload_id).catch(() => undefined);
      return etag;
    } catch (error) {
      // A connection that breaks while the row is written leaves it open whether it was: housekeeping removes the object
      // if it was not.
      if (!isPublishing) await rm(target, { force: true });
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

  async #removeParts(uploadId: string): Promise<void> {
    await this.#db.deleteFrom('upload_parts').where('upload_id', '=', uploadId).execute();
    await rm(this.#layout.parts(uploadId), { recursive: true, force: true });
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
      if (numUpdatedRows > 0n) return this.#removeParts(ref.upload_id);
      await delay(WAIT_MS);
    }
  }
}
