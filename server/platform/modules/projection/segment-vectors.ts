import { open } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { HttpError } from '../../http/http-error.ts';
import { fromVectorRows, ROW_BYTES } from '../../tasks/projection/vector-rows.ts';

/** Vectors that are read by one query: 2 MB, some 30 ms of an embedded database, which answers nothing else meanwhile. */
const SEGMENT_BATCH_SIZE = 500;

/**
 * The vectors of segments in the order of their ids, as rows of pgvector's binary form. In base64, since the embedded database
 * gives text alone. Throws a 409 when one of them is gone.
 */
async function readRows(db: Db, ids: readonly string[]): Promise<Buffer> {
  const { rows } = await sql<{ vectors: string | null }>`
    select encode(string_agg(vector_send(embedding::vector), ''::bytea order by place), 'base64') as vectors
    from unnest(${[...ids]}::uuid[]) with ordinality as wanted (segment_id, place)
    join segments using (segment_id) where embedding is not null`.execute(db);
  const bytes = Buffer.from(rows[0]?.vectors ?? '', 'base64');
  if (bytes.length !== ids.length * ROW_BYTES)
    throw new HttpError(409, 'These videos are being processed. Ask for the map again.');
  return bytes;
}

/** The vectors of a few segments, in the order of their ids. */
export async function readVectors(db: Db, ids: readonly string[]): Promise<Float32Array[]> {
  return ids.length === 0 ? [] : fromVectorRows(await readRows(db, ids));
}

/**
 * Writes the vectors of many segments into a file for a task process, some at a time: other requests are answered in between.
 * Resolves to the file.
 */
export async function writeVectors(
  db: Db,
  ids: readonly string[],
  { folder, onProgress }: { folder: string; onProgress: (fraction: number) => void },
): Promise<string> {
  const file = path.join(folder, 'vectors');
  const handle = await open(file, 'wx', 0o600);
  try {
    for (let from = 0; from < ids.length; from += SEGMENT_BATCH_SIZE) {
      await handle.write(await readRows(db, ids.slice(from, from + SEGMENT_BATCH_SIZE)));
      onProgress(Math.min(1, (from + SEGMENT_BATCH_SIZE) / ids.length));
    }
  } finally {
    await handle.close();
  }
  return file;
}
