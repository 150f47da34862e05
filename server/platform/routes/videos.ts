import { rm } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { BACKEND } from '#api/paths.ts';
import { type VideoListItem, videoIdSchema, videoListQuerySchema } from '#api/schemas/videos.ts';
import type { Platform } from '../context.ts';
import { type StageStates, stagesOf } from '../db/stages.ts';
import type { PIPELINE_STAGES, Tables } from '../db/tables.ts';
import { renditionNames } from '../pipelines/renditions.ts';
import { valid } from '../problem.ts';
import { Links } from './links.ts';
import { ownVideo } from './ownership.ts';
import { PIPELINE_WORDS } from './pipelines.ts';

type Video = Selectable<Tables['videos']>;

/** One video as lists show it. Links stand only where there is something behind them. */
async function listItem(platform: Platform, links: Links, video: Video, states: StageStates): Promise<VideoListItem> {
  const [rendition] = await renditionNames(platform.layout, video.video_id);
  const ready = (stage: keyof StageStates) => states[stage]?.status === 'completed';
  const [analysed, searchable] = [ready('analyse'), ready('search')];
  const both = analysed && searchable;
  return {
    video_id: video.video_id,
    name: video.name,
    status: both ? 'processed' : analysed ? 'analysed' : searchable ? 'search_processed' : 'uploaded',
    video_path: rendition && ready('transcode') ? links.rendition(video.video_id, rendition) : null,
    thumbnail_path: ready('thumbnails') ? links.poster(video.video_id) : null,
    hls_playlist_path: ready('hls') ? links.hls(video.video_id) : null,
    transcoding_status: states.transcode?.status ?? null,
    hls_generation_status: states.hls?.status ?? null,
    thumbnail_generation_status: states.thumbnails?.status ?? null,
    analyse_status: states.analyse ? PIPELINE_WORDS.analyse[states.analyse.status] : null,
    search_process_status: states.search ? PIPELINE_WORDS.search[states.search.status] : null,
    created_at: video.created_at.toISOString(),
    duration: video.metadata?.duration ?? null,
  };
}

const stageDone = (eb: ExpressionBuilder<Tables, 'videos'>, stage: (typeof PIPELINE_STAGES)[number]) =>
  eb.exists(
    eb
      .selectFrom('stages')
      .select(sql`1`.as('one'))
      .whereRef('stages.video_id', '=', 'videos.video_id')
      .where('stage', '=', stage)
      .where('stages.status', '=', 'completed'),
  );

export function videoRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, layout } = platform;

  app.get(`${BACKEND}/videos/list`, async (request) => {
    const query = valid(videoListQuerySchema, request.query, 'query');
    let select = db.selectFrom('videos').selectAll().where('owner', '=', request.owner);
    if (query.start_time) select = select.where('created_at', '>=', query.start_time);
    if (query.end_time) select = select.where('created_at', '<=', query.end_time);
    if (query.status === 'analysed' || query.status === 'processed')
      select = select.where((eb) => stageDone(eb, 'analyse'));
    if (query.status === 'search_processed' || query.status === 'processed')
      select = select.where((eb) => stageDone(eb, 'search'));
    const videos = await select
      .orderBy(query.sort_by, query.sort_order)
      .orderBy('video_id')
      .offset(query.skip)
      .limit(query.limit)
      .execute();
    const states = await stagesOf(
      db,
      videos.map((video) => video.video_id),
    );
    const links = new Links(platform, request);
    return Promise.all(videos.map((video) => listItem(platform, links, video, states.get(video.video_id) ?? {})));
  });

  app.get(`${BACKEND}/videos/get-video-details`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.query, 'query');
    const video = await ownVideo(db, request.owner, video_id);
    const states = (await stagesOf(db, [video_id])).get(video_id) ?? {};
    return {
      ...(await listItem(platform, new Links(platform, request), video, states)),
      video_metadata: video.metadata,
    };
  });

  app.delete(`${BACKEND}/videos/delete`, async (request) => {
    const { video_id } = valid(videoIdSchema, request.query, 'query');
    await ownVideo(db, request.owner, video_id);
    // Rows first: a stage that is running finds its video gone and leaves nothing behind.
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('videos').where('video_id', '=', video_id).execute();
      await trx.deleteFrom('uploads').where('video_id', '=', video_id).execute();
    });
    await rm(layout.video(video_id), { recursive: true, force: true });
    return { video_id, message: 'The video was deleted.' };
  });
}
