import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';
import { type SavedSearch, saveSearchRequestSchema, updateSavedRequestSchema } from '#api/contracts/requests.ts';
import type { SavedSearchItem } from '#api/contracts/saved-searches.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getCreatedId } from '../../http/idempotency.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { getSegmentVector } from '../search/segment-vector.ts';
import { countNewHits, type SavedSearchRow } from './new-hits.ts';

export const MAX_SAVED = 100;
const pathSchema = z.object({ saved_search_id: idSchema });

const toItem = ({ saved_search_id, name, search, created_at, new_hits }: SavedSearchRow): SavedSearchItem => ({
  saved_search_id,
  name,
  search,
  created_at: created_at.toISOString(),
  new_hits,
});

/** The same for a search of another owner as for none, so that it does not reveal which exist. */
const notFound = () => new HttpError(404, 'There is no such saved search.');

/** Searches with a name, and how many hits they have in what became searchable since they were last opened. Beside the API. */
export function savedSearchRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  /** Throws a 403 or a 404 for what is not the caller's to search. */
  async function requireSearchable(owner: string, search: SavedSearch): Promise<void> {
    await getSearchableScope(db, owner, search);
    const segmentIds = [search.segment_id, ...(search.exclude ?? []).map(({ segment_id }) => segment_id)];
    for (const segmentId of segmentIds) if (segmentId) await getSegmentVector(db, owner, segmentId);
  }

  app.get('/local/searches', async (request) => {
    const rows = await db
      .selectFrom('saved_searches')
      .selectAll()
      .where('owner', '=', request.owner)
      .orderBy('created_at', 'desc')
      .orderBy('saved_search_id')
      .execute();
    return { searches: (await countNewHits(platform, rows)).map(toItem) };
  });

  app.post('/local/searches', async (request, reply) => {
    const { name, search } = valid(saveSearchRequestSchema, request.body);
    const { owner } = request;
    await requireSearchable(owner, search);
    const id = getCreatedId(request, 'saved-search');
    const known = await findOwn(owner, id);
    // Sent again: it stays what it was.
    if (known) return reply.code(201).send(toItem(known));
    const { count } = await db
      .selectFrom('saved_searches')
      .select(sql<number>`count(*)::integer`.as('count'))
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow();
    if (count >= MAX_SAVED)
      throw new HttpError(409, `There are ${MAX_SAVED} saved searches already. Delete one of them first.`);
    await db
      .insertInto('saved_searches')
      .values({ saved_search_id: id, owner, name, search: JSON.stringify(search) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return reply.code(201).send(toItem(await readOwn(owner, id)));
  });

  const findOwn = (owner: string, id: string): Promise<SavedSearchRow | undefined> =>
    db
      .selectFrom('saved_searches')
      .selectAll()
      .where('saved_search_id', '=', id)
      .where('owner', '=', owner)
      .executeTakeFirst();

  async function readOwn(owner: string, id: string): Promise<SavedSearchRow> {
    const row = await findOwn(owner, id);
    if (!row) throw notFound();
    return row;
  }

  app.patch('/local/searches/:saved_search_id', async (request) => {
    const { saved_search_id: id } = valid(pathSchema, request.params, 'path');
    const { name, is_seen: isSeen } = valid(updateSavedRequestSchema, request.body);
    const row = await db
      .updateTable('saved_searches')
      .set({
        ...(name === undefined ? {} : { name }),
        ...(isSeen
          ? {
              seen_at: sql<Date>`date_trunc('milliseconds', now())`,
              new_hits: 0,
              counted_until: null,
              counted_videos: 0,
            }
          : {}),
      })
      .where('saved_search_id', '=', id)
      .where('owner', '=', request.owner)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw notFound();
    return toItem(row);
  });

  app.delete('/local/searches/:saved_search_id', async (request, reply) => {
    const { saved_search_id: id } = valid(pathSchema, request.params, 'path');
    const { numDeletedRows } = await db
      .deleteFrom('saved_searches')
      .where('saved_search_id', '=', id)
      .where('owner', '=', request.owner)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw notFound();
    return reply.code(204).send();
  });
}
