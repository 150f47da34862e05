import type { FastifyInstance } from 'fastify';
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';
import { saveRegionRequestSchema, updateSavedRequestSchema } from '#api/contracts/requests.ts';
import type { SavedRegionItem } from '#api/contracts/saved-searches.ts';
import type { Platform } from '../../context.ts';
import type { Tables } from '../../db/tables.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getCreatedId } from '../../http/idempotency.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { listNewVideos } from './new-hits.ts';
import { MAX_SAVED } from './routes.ts';

type Row = Selectable<Tables['saved_regions']>;

const pathSchema = z.object({ saved_region_id: idSchema });
const notFound = () => new HttpError(404, 'There is no such saved region.');

const toItem = ({ saved_region_id, name, region, created_at }: Row, newVideoIds: string[]): SavedRegionItem => ({
  saved_region_id,
  name,
  region,
  created_at: created_at.toISOString(),
  new_video_ids: newVideoIds,
});

/**
 * Parts of maps with a name, and which videos have become searchable since they were last opened. Which of their segments lie
 * within is known where the map is: the layout is not computed for this. Beside the API.
 */
export function savedRegionRoutes(app: FastifyInstance, { db }: Platform): void {
  app.get('/local/regions', async (request) => {
    const { owner } = request;
    const rows = await db
      .selectFrom('saved_regions')
      .selectAll()
      .where('owner', '=', owner)
      .orderBy('created_at', 'desc')
      .orderBy('saved_region_id')
      .execute();
    if (rows.length === 0) return { regions: [] };
    const since = new Date(Math.min(...rows.map(({ seen_at }) => seen_at.getTime())));
    const videos = await listNewVideos({ db }, owner, since);
    return {
      regions: rows.map((row) =>
        toItem(
          row,
          videos.flatMap(({ video_id, published_at }) => (published_at > row.seen_at ? [video_id] : [])),
        ),
      ),
    };
  });

  const readOwn = (owner: string, id: string): Promise<Row | undefined> =>
    db
      .selectFrom('saved_regions')
      .selectAll()
      .where('saved_region_id', '=', id)
      .where('owner', '=', owner)
      .executeTakeFirst();

  async function toItemWithNews(row: Row): Promise<SavedRegionItem> {
    const videos = await listNewVideos({ db }, row.owner, row.seen_at);
    return toItem(
      row,
      videos.map(({ video_id }) => video_id),
    );
  }

  app.post('/local/regions', async (request, reply) => {
    const { name, region } = valid(saveRegionRequestSchema, request.body);
    const { owner } = request;
    await getSearchableScope(db, owner, region);
    const id = getCreatedId(request, 'saved-region');
    const known = await readOwn(owner, id);
    // Sent again: it stays what it was.
    if (known) return reply.code(201).send(await toItemWithNews(known));
    const { count } = await db
      .selectFrom('saved_regions')
      .select(sql<number>`count(*)::integer`.as('count'))
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow();
    if (count >= MAX_SAVED)
      throw new HttpError(409, `There are ${MAX_SAVED} saved regions already. Delete one of them first.`);
    const row = await db
      .insertInto('saved_regions')
      .values({ saved_region_id: id, owner, name, region: JSON.stringify(region) })
      // Sent twice at once.
      .onConflict((conflict) => conflict.column('saved_region_id').doUpdateSet({ owner }))
      .returningAll()
      .executeTakeFirstOrThrow();
    return reply.code(201).send(toItem(row, []));
  });

  app.patch('/local/regions/:saved_region_id', async (request) => {
    const { saved_region_id: id } = valid(pathSchema, request.params, 'path');
    const { name, is_seen: isSeen } = valid(updateSavedRequestSchema, request.body);
    const row = await db
      .updateTable('saved_regions')
      .set({ ...(name === undefined ? {} : { name }), ...(isSeen ? { seen_at: sql<Date>`now()` } : {}) })
      .where('saved_region_id', '=', id)
      .where('owner', '=', request.owner)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw notFound();
    return toItemWithNews(row);
  });

  app.delete('/local/regions/:saved_region_id', async (request, reply) => {
    const { saved_region_id: id } = valid(pathSchema, request.params, 'path');
    const { numDeletedRows } = await db
      .deleteFrom('saved_regions')
      .where('saved_region_id', '=', id)
      .where('owner', '=', request.owner)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw notFound();
    return reply.code(204).send();
  });
}
