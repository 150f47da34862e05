import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Platform } from '../../context.ts';
import type { Db } from '../../db/database.ts';
import { valid } from '../../http/http-error.ts';
import { getCreditsUsed } from './credits.ts';

const sinceSchema = z.object({ since: z.iso.datetime().optional() });

/** Bytes of an owner's videos with what was made of them, of those in the trash, and of unfinished uploads. */
async function getOwnBytes(db: Db, owner: string) {
  const { rows } = await sql<{ footage: string; trash: string; uploads: string }>`
    with bytes as (
      select deleted_at is not null as is_deleted, coalesce(size_bytes, 0) + coalesce((
        select sum((output ->> 'bytes')::bigint) from stages where stages.video_id = videos.video_id), 0) as bytes
      from videos where owner = ${owner})
    select coalesce(sum(bytes) filter (where not is_deleted), 0)::text as footage,
      coalesce(sum(bytes) filter (where is_deleted), 0)::text as trash,
      ((select coalesce(sum(upload_parts.size_bytes), 0) from upload_parts join uploads using (upload_id)
          where owner = ${owner} and uploads.etag is null)
        + (select coalesce(sum(size_bytes), 0) from uploads where owner = ${owner} and etag is not null
          and not exists (select from videos where videos.video_id = uploads.video_id)))::text as uploads
    from bytes`.execute(db);
  const [row] = rows;
  return { footage: Number(row?.footage ?? 0), trash: Number(row?.trash ?? 0), uploads: Number(row?.uploads ?? 0) };
}

async function getDatabaseBytes(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`select pg_database_size(current_database())::text as bytes`.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}

/** What the owner of a key has used of credits, and the studio of its storage. Beside the API: only this platform has it. */
export function usageRoutes(app: FastifyInstance, { db, store }: Platform): void {
  app.get('/local/credits', async ({ owner, query }) => {
    const { since } = valid(sinceSchema, query, 'query');
    return getCreditsUsed(db, owner, since === undefined ? null : new Date(since));
  });
  app.get('/local/disk', async ({ owner }) => {
    const [own, rest, free] = await Promise.all([getOwnBytes(db, owner), getDatabaseBytes(db), store.getFreeBytes()]);
    return { ...own, rest, free };
  });
}
