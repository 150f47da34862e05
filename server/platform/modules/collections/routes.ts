import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Collection } from '#api/contracts/collections.ts';
import { idSchema } from '#api/contracts/ids.ts';
import {
  collectionVideosQuerySchema,
  createCollectionRequestSchema,
  pageQuerySchema,
  updateCollectionRequestSchema,
  videoIdSchema,
} from '#api/contracts/requests.ts';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { getStageStates } from '../../db/stages.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getCreatedId } from '../../http/idempotency.ts';
import { ownCollection, ownVideo } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { getUserId } from '../../owners.ts';
import { toVideoItems } from '../videos/video-items.ts';

const COLLECTIONS = `${BACKEND}/collections`;
const MOSAIC = 4;

const pathSchema = z.object({ collection_id: idSchema });
const membershipSchema = pathSchema.extend({ video_id: idSchema });

const nameTaken = (name: string) => new HttpError(409, `There is already a collection named "${name}".`);

const isUniqueViolation = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505';

export function collectionRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  async function describe(
    rows: readonly {
      collection_id: string;
      owner: string;
      name: string;
      description: string | null;
      created_at: Date;
    }[],
    links: UrlBuilder,
  ): Promise<Collection[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.collection_id);
    const members = await db
      .selectFrom('collection_videos')
      .innerJoin('live_videos', 'live_videos.video_id', 'collection_videos.video_id')
      .leftJoin('stages', (join) =>
        join.onRef('stages.video_id', '=', 'live_videos.video_id').on('stages.stage', '=', 'thumbnails'),
      )
      .select([
        'collection_id',
        sql<number>`count(*)::integer`.as('count'),
        sql<number>`coalesce(sum((metadata ->> 'duration')::float8), 0)`.as('total_duration'),
        sql<Date>`max(added_at)`.as('last_added_at'),
      ])
      .select(
        sql<
          string[] | null
        >`(array_agg(live_videos.video_id::text || '/' || (output ->> 'poster') order by added_at desc)
          filter (where output ->> 'poster' is not null))[1:${sql.lit(MOSAIC)}]`.as('posters'),
      )
      .where('collection_id', '=', sql<string>`any(${ids}::uuid[])`)
      .groupBy('collection_id')
      .execute();
    const byId = new Map(members.map((member) => [member.collection_id, member]));
    return rows.map((row) => {
      const member = byId.get(row.collection_id);
      return {
        collection_id: row.collection_id,
        name: row.name,
        description: row.description,
        parent_id: getUserId(row.owner),
        parent_type: 'user',
        created_at: row.created_at.toISOString(),
        video_count: member?.count ?? 0,
        thumbnails: (member?.posters ?? []).map((file) => links.object(file)),
        total_duration: member?.total_duration ?? 0,
        changed_at: (member?.last_added_at ?? row.created_at).toISOString(),
      };
    });
  }

  app.get(`${COLLECTIONS}/list`, async (request) => {
    const { page, page_size } = valid(pageQuerySchema, request.query, 'query');
    const mine = db.selectFrom('collections').where('owner', '=', request.owner);
    const rows = await mine
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('collection_id')
      .offset((page - 1) * page_size)
      .limit(page_size)
      .execute();
    const { total } = await mine.select(sql<number>`count(*)::integer`.as('total')).executeTakeFirstOrThrow();
    return { data: await describe(rows, new UrlBuilder(platform, request)), page, page_size, total };
  });

  app.post(`${COLLECTIONS}/create`, async (request, reply) => {
    const { name, description } = valid(createCollectionRequestSchema, request.body);
    const collection_id = getCreatedId(request, 'collection');
    const collection = { collection_id, owner: request.owner, name, description: description ?? null };
    // Two requests at once: the unique constraints let one of them through.
    const inserted = await db
      .insertInto('collections')
      .values(collection)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    // The same request again has made this very collection before.
    const created =
      inserted ??
      (await db.selectFrom('collections').selectAll().where('collection_id', '=', collection_id).executeTakeFirst());
    if (!created) throw nameTaken(name);
    const [described] = await describe([created], new UrlBuilder(platform, request));
    return reply.code(201).send(described);
  });

  app.patch(`${COLLECTIONS}/update/:collection_id`, async (request) => {
    const { collection_id } = valid(pathSchema, request.params, 'path');
    const change = valid(updateCollectionRequestSchema, request.body);
    await ownCollection(db, request.owner, collection_id);
    if (change.name === undefined && change.description === undefined) {
      throw new HttpError(400, 'Name what to change: the name, the description, or both.');
    }
    const updated = await db
      .updateTable('collections')
      .set(change)
      .where('collection_id', '=', collection_id)
      .returningAll()
      .executeTakeFirst()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? nameTaken(change.name ?? '') : error;
      });
    if (!updated) throw new HttpError(404, 'There is no such collection.');
    const [described] = await describe([updated], new UrlBuilder(platform, request));
    return described;
  });

  app.delete(`${COLLECTIONS}/delete/:collection_id`, async (request) => {
    const { collection_id } = valid(pathSchema, request.params, 'path');
    await ownCollection(db, request.owner, collection_id);
    await db.deleteFrom('collections').where('collection_id', '=', collection_id).execute();
    return { collection_id, message: 'The collection was deleted; its videos stay.' };
  });

  app.get(`${COLLECTIONS}/:collection_id/videos`, async (request) => {
    const { collection_id } = valid(pathSchema, request.params, 'path');
    const { page, page_size, sort_by, sort_order } = valid(collectionVideosQuerySchema, request.query, 'query');
    await ownCollection(db, request.owner, collection_id);
    const members = db
      .selectFrom('live_videos')
      .innerJoin('collection_videos', 'collection_videos.video_id', 'live_videos.video_id')
      .where('collection_id', '=', collection_id);
    const rows = await members
      .selectAll('live_videos')
      .orderBy(`live_videos.${sort_by}`, sort_order)
      .orderBy('live_videos.video_id')
      .offset((page - 1) * page_size)
      .limit(page_size)
      .execute();
    const { total } = await members.select(sql<number>`count(*)::integer`.as('total')).executeTakeFirstOrThrow();
    return { data: await toVideoItems(platform, new UrlBuilder(platform, request), rows), page, page_size, total };
  });

  app.post(`${COLLECTIONS}/:collection_id/videos`, async (request, reply) => {
    const { collection_id } = valid(pathSchema, request.params, 'path');
    const { video_id } = valid(videoIdSchema, request.body);
    await ownCollection(db, request.owner, collection_id);
    await ownVideo(db, request.owner, video_id);
    const { analyse, search } = (await getStageStates(db, [video_id])).get(video_id) ?? {};
    if (!analyse?.isPublished || !search?.isPublished) {
      throw new HttpError(400, 'The video is not ready: both analyse and search-process must be done.');
    }
    const added = await db
      .insertInto('collection_videos')
      .values({ collection_id, video_id })
      .onConflict((conflict) => conflict.doNothing())
      .returning('video_id')
      .executeTakeFirst();
    if (!added) throw new HttpError(409, 'The video is already in this collection.');
    return reply.code(201).send({ collection_id, video_id });
  });

  app.delete(`${COLLECTIONS}/:collection_id/videos/:video_id`, async (request) => {
    const { collection_id, video_id } = valid(membershipSchema, request.params, 'path');
    await ownCollection(db, request.owner, collection_id);
    const removed = await db
      .deleteFrom('collection_videos')
      .where('collection_id', '=', collection_id)
      .where('video_id', '=', video_id)
      .returning('video_id')
      .executeTakeFirst();
    if (!removed) throw new HttpError(404, 'The video is not in this collection.');
    return { collection_id, video_id };
  });
}
