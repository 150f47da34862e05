import type { FastifyInstance } from 'fastify';
import { type ExpressionBuilder, sql } from 'kysely';
import { videoIdSchema, videoListQuerySchema } from '#api/contracts/requests.ts';
import type { Duplicates } from '#api/contracts/videos.ts';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import type { PIPELINE_STAGES, Tables } from '../../db/tables.ts';
import { recordedAt, videoSeconds } from '../../db/video-filters.ts';
import { valid } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { requireOwned, trashVideo } from './trash.ts';
import { toVideoItems } from './video-items.ts';
import { toVideoMetadata } from './video-metadata.ts';

const stageDone = (eb: ExpressionBuilder<Tables, 'live_videos'>, stage: (typeof PIPELINE_STAGES)[number]) =>
  eb.exists(
    eb
      .selectFrom('stages')
      .select(sql`1`.as('one'))
      .whereRef('stages.video_id', '=', 'live_videos.video_id')
      .where('stage', '=', stage)
      .where('stages.published_at', 'is not', null),
  );

function toOrder(sortBy: 'created_at' | 'name' | 'duration' | 'recorded_at') {
  if (sortBy === 'duration') return videoSeconds;
  return sortBy === 'recorded_at' ? recordedAt : sql.ref(sortBy);
}

export function videoRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  app.get(`${BACKEND}/videos/list`, async (request) => {
    const query = valid(videoListQuerySchema, request.query, 'query');
    let select = db.selectFrom('live_videos').selectAll().where('owner', '=', request.owner);
    if (query.start_time) select = select.where('created_at', '>=', query.start_time);
    if (query.end_time) select = select.where('created_at', '<=', query.end_time);
    // As `status` in the list has it: neither pipeline has results.
    if (query.status === 'uploaded')
      select = select.where((eb) => eb.not(eb.or([stageDone(eb, 'analyse'), stageDone(eb, 'search')])));
    if (query.status === 'analysed' || query.status === 'processed')
      select = select.where((eb) => stageDone(eb, 'analyse'));
    if (query.status === 'search_processed' || query.status === 'processed')
      select = select.where((eb) => stageDone(eb, 'search'));
    if (query.not_in_collection) {
      const collectionId = query.not_in_collection;
      select = select.where('video_id', 'not in', (eb) =>
        eb.selectFrom('collection_videos').select('video_id').where('collection_id', '=', collectionId),
      );
    }
    const videos = await select
      .orderBy(
        toOrder(query.sort_by),
        // A video whose duration or recording date is not known comes last.
        (order) => (query.sort_order === 'asc' ? order.asc() : order.desc()).nullsLast(),
      )
      .orderBy('video_id')
      .offset(query.skip)
      .limit(query.limit)
      .execute();
    return toVideoItems(platform, new UrlBuilder(platform, request), videos);
  });

  app.get(`${BACKEND}/videos/get-video-details`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.query, 'query');
    const video = await ownVideo(db, request.owner, video_id);
    const [item] = await toVideoItems(platform, new UrlBuilder(platform, request), [video]);
    return { ...item, video_metadata: video.metadata && toVideoMetadata(video.metadata) };
  });

  app.get('/local/videos/:video_id/duplicates', async (request): Promise<Duplicates> => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    const { owner } = await ownVideo(db, request.owner, video_id);
    const duplicates = await db
      .selectFrom('videos as other')
      .innerJoin('videos as this', (join) =>
        join.onRef('this.source_digest', '=', 'other.source_digest').on('this.video_id', '=', video_id),
      )
      .select(['other.video_id', 'other.name'])
      .where('other.owner', '=', owner)
      .where('other.video_id', '<>', video_id)
      .where('other.deleted_at', 'is', null)
      .orderBy('other.created_at')
      .execute();
    return { duplicates };
  });

  app.delete(`${BACKEND}/videos/delete`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.query, 'query');
    await requireOwned(db, request.owner, video_id);
    await trashVideo(db, video_id);
    return { video_id, message: 'The video was deleted. It can be restored for a day.' };
  });
}
