import { sql } from 'kysely';
import type { Db, Trx } from '../../db/database.ts';
import { HttpError } from '../../http/http-error.ts';

export interface StorageLimits {
  /** Unfinished uploads that an owner may have. */
  readonly maxOpenUploads: number;
  /** Bytes that an owner may store; undefined for no limit. */
  readonly maxBytes: number | undefined;
}

/** How much each owner may store. */
export class StorageQuota {
  readonly limits: StorageLimits;
  readonly #db: Db;

  constructor(db: Db, limits: StorageLimits) {
    this.#db = db;
    this.limits = limits;
  }

  /** Throws a 507 when an owner may not store so many bytes more. */
  check(owner: string, bytes: number): Promise<void> {
    return this.#check(this.#db, owner, bytes);
  }

  /** The same within a transaction that stores them: one at a time for each owner, so that they are counted together. */
  async reserve(trx: Trx, owner: string, bytes: number): Promise<void> {
    if (this.limits.maxBytes === undefined) return;
    await sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 0))`.execute(trx);
    await this.#check(trx, owner, bytes);
  }

  async #check(db: Db | Trx, owner: string, bytes: number): Promise<void> {
    const { maxBytes } = this.limits;
    if (maxBytes === undefined) return;
    const { rows } = await sql<{ bytes: string | number }>`
      select coalesce((select sum(size_bytes) from videos where owner = ${owner}), 0)
        + coalesce((select sum(size_bytes) from uploads where owner = ${owner} and etag is not null
                    and not exists (select from videos where videos.video_id = uploads.video_id)), 0)
        + coalesce((select sum(parts.size_bytes) from upload_parts parts join uploads using (upload_id)
                    where owner = ${owner} and uploads.etag is null and aborted_at is null), 0) as bytes`.execute(db);
    if (Number(rows[0]?.bytes ?? 0) + bytes > maxBytes)
      throw new HttpError(507, 'The storage quota of this API key is used up. Delete some videos, then try again.');
  }
}
