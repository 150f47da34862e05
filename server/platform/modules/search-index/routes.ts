import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';

import type { Platform } from '../../context.ts';
import { LOCAL } from '../../embedding/embedding-model.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { requirePrimaryOwner } from '../../owners.ts';
import { parseModelName } from '../models/catalog.ts';
import { readModelFolder } from '../models/model-folders.ts';
import { compareIndexes } from './compare.ts';
import {
  dropNextIndex,
  pauseNextIndex,
  readIndexStatus,
  readNextIndex,
  startNextIndex,
  switchIndex,
} from './next-index.ts';

const MAX_COMPARED = 20;

const modelBodySchema = z.object({ model: z.string().min(1).max(300) });
const pauseBodySchema = z.object({ is_paused: z.boolean() });
const querySchema = z.string().trim().min(1).max(4096);
const compareBodySchema = z.object({
  query: querySchema,
  top_k: z.number().int().min(1).max(MAX_COMPARED).default(10),
});
const markBodySchema = z.object({ query: querySchema, segment_id: idSchema, is_right: z.boolean().nullable() });

/** The index that is searched, and the one of another model that may take its place. Beside the API. */
export function searchIndexRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, embedders, models } = platform;

  app.get('/local/index', () => readIndexStatus(db));

  app.get('/local/index/model', async () => ({ model: await embedders.getServingName() }));

  app.post('/local/index/next', async (request, reply) => {
    const { model } = valid(modelBodySchema, request.body);
    await requirePrimaryOwner(db, request.owner);
    if (models.reason !== null) throw new HttpError(409, models.reason);
    const { model: id } = parseModelName(model);
    if (model !== LOCAL.name && (await readModelFolder(models.dir, id))?.role !== 'visual')
      throw new HttpError(404, `There is no model "${id}" that finds what is seen. Download it first.`);
    // Found out now rather than by the first video.
    await embedders.get(model);
    await startNextIndex(db, model);
    return reply.code(202).send(await readIndexStatus(db));
  });

  app.patch('/local/index/next', async (request) => {
    const { is_paused } = valid(pauseBodySchema, request.body);
    await requirePrimaryOwner(db, request.owner);
    await pauseNextIndex(db, is_paused);
    return readIndexStatus(db);
  });

  app.delete('/local/index/next', async (request) => {
    await requirePrimaryOwner(db, request.owner);
    const next = await readNextIndex(db);
    await dropNextIndex(db);
    if (next) await embedders.release(next.model);
    return readIndexStatus(db);
  });

  app.post('/local/index/switch', async (request) => {
    await requirePrimaryOwner(db, request.owner);
    await switchIndex(db);
    return readIndexStatus(db);
  });

  app.post('/local/index/compare', async (request) => {
    const { query, top_k: limit } = valid(compareBodySchema, request.body);
    return compareIndexes(platform, request, { query, limit });
  });

  app.get('/local/index/marks', async ({ owner }) => {
    const { rows } = await sql<{ query: string; marks: number }>`
      select query, count(*)::integer as marks from search_marks where owner = ${owner}
      group by query order by max(marked_at) desc limit 100`.execute(db);
    return { queries: rows };
  });

  app.put('/local/index/marks', async (request, reply) => {
    const { query, segment_id, is_right } = valid(markBodySchema, request.body);
    const { owner } = request;
    const segment = await db
      .selectFrom('segments')
      .innerJoin('live_videos', 'live_videos.video_id', 'segments.video_id')
      .select('segment_id')
      .where('segment_id', '=', segment_id)
      .where('live_videos.owner', '=', owner)
      .executeTakeFirst();
    if (!segment) throw new HttpError(404, 'There is no such segment.');
    if (is_right === null) {
      await db
        .deleteFrom('search_marks')
        .where('owner', '=', owner)
        .where('query', '=', query)
        .where('segment_id', '=', segment_id)
        .execute();
    } else {
      await db
        .insertInto('search_marks')
        .values({ owner, query, segment_id, is_right })
        .onConflict((conflict) =>
          conflict.columns(['owner', 'query', 'segment_id']).doUpdateSet({ is_right, marked_at: sql<Date>`now()` }),
        )
        .execute();
    }
    return reply.code(204).send();
  });
}
