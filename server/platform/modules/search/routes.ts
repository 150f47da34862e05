import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { searchRequestSchema, visualizeRequestSchema } from '#api/contracts/requests.ts';
import { SEARCH_OPTIONS } from '#api/contracts/search.ts';
import { CHAT } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { charge } from '../credits/credits.ts';
import { getPlayback } from '../pipelines/outputs.ts';
import { getColor } from '../projection/colors.ts';
import { readMapSegments } from '../projection/map-segments.ts';
import { toAnswerTimes } from '../segments/segment-times.ts';
import { searchSegments } from './hybrid-search.ts';
import { getPlaybackUrls, toSearchHits } from './search-hits.ts';

export function searchRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, embedder, maps } = platform;

  app.post(`${CHAT}/search`, async (request) => {
    const body = valid(searchRequestSchema, request.body);
    const scope = await getSearchableScope(db, request.owner, body);
    if (scope.videoIds.length === 0 && scope.hasUnsearchable)
      throw new HttpError(409, 'None of these videos has been made searchable yet. Run search-process on them first.');
    const hits = await searchSegments(platform, {
      query: body.query,
      videoIds: scope.videoIds,
      limit: body.top_k,
      options: body.search_options ?? SEARCH_OPTIONS,
    });
    // Last, so that a search that fails is free: it is sent again by itself when the database is away.
    await charge(db, { owner: request.owner, kind: 'search', amount: 1, key: getChargeKey(request) });
    const found = await toSearchHits(platform, request, hits);
    return found.map((hit) => ({ ...hit, close: hit.score >= embedder.close || hit.matched_text !== null }));
  });

  app.post(`${CHAT}/visualize`, async (request) => {
    const body = valid(visualizeRequestSchema, request.body);
    const { videoIds: scope } = await getSearchableScope(db, request.owner, body);
    const { segments, request: map } = await readMapSegments(platform, request.owner, scope);
    const places = await maps.place(map);
    const videos = await db
      .selectFrom('videos')
      .select(['video_id', 'position'])
      .where('video_id', '=', sql<string>`any(${scope}::uuid[])`)
      .execute();
    const links = new UrlBuilder(platform, request);
    const playback = await getPlayback(db, scope);
    const entries = videos.map(({ video_id, position }) => [
      video_id,
      { video_id, color: getColor(position), ...getPlaybackUrls(links, video_id, playback.get(video_id)) },
    ]);
    return {
      videos: Object.fromEntries(entries),
      points: segments.map((segment, index) => ({
        segment_id: segment.segment_id,
        video_id: segment.video_id,
        x: places[index]?.[0] ?? 0.5,
        y: places[index]?.[1] ?? 0.5,
        ...toAnswerTimes(segment),
        text: segment.caption,
        thumbnail_url: links.file(segment.video_id, segment.thumbnail),
      })),
    };
  });
  // The embedded platform's own: visualize keeps the places of a map that grows.
  app.post('/local/map/layout', async (request) => {
    const body = valid(visualizeRequestSchema, request.body);
    const { videoIds } = await getSearchableScope(db, request.owner, body);
    const { segments, request: map } = await readMapSegments(platform, request.owner, videoIds);
    await maps.layOutAgain(map);
    return { segments: segments.length };
  });
}
