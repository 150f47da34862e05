import type { FastifyInstance } from 'fastify';
import { searchRequestSchema } from '#api/contracts/requests.ts';
import { CHAT } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { charge } from '../credits/credits.ts';
import { getPlayback, getPlaybackUrls } from '../pipelines/outputs.ts';
import { toAnswerTimes } from '../segments/segment-times.ts';
import { nearestSegments } from './nearest-segments.ts';

export function searchRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, embedder } = platform;

  app.post(`${CHAT}/search`, async (request) => {
    const body = valid(searchRequestSchema, request.body);
    const scope = await getSearchableScope(db, request.owner, body);
    if (scope.videoIds.length === 0 && scope.hasUnsearchable)
      throw new HttpError(409, 'None of these videos has been made searchable yet. Run search-process on them first.');
    const vector = await embedder.embedText(body.query);
    const hits = await nearestSegments(platform, scope.videoIds, vector, body.top_k);
    const links = new UrlBuilder(platform, request);
    const playback = await getPlayback(db, [...new Set(hits.map((hit) => hit.video_id))]);
    // Last, so that a search that fails is free: it is sent again by itself when the database is away.
    await charge(db, { owner: request.owner, kind: 'search', amount: 1, key: getChargeKey(request) });
    return hits.map((hit, index) => ({
      rank: index + 1,
      ...toAnswerTimes(hit),
      video_id: hit.video_id,
      segment_id: hit.segment_id,
      score: Math.round(hit.score * 1e4) / 1e4,
      close: hit.score >= embedder.close,
      text: hit.caption,
      thumbnail_url: links.file(hit.video_id, hit.thumbnail),
      ...getPlaybackUrls(links, hit.video_id, playback.get(hit.video_id)),
    }));
  });
}
