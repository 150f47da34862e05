import type { FastifyInstance } from 'fastify';
import { searchRequestSchema } from '#api/contracts/requests.ts';
import { SEARCH_OPTIONS } from '#api/contracts/search.ts';
import { CHAT } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { charge } from '../credits/credits.ts';
import { searchSegments } from './hybrid-search.ts';
import { toSearchHits } from './search-hits.ts';

export function searchRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

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
      exclusions: { owner: request.owner, items: body.exclude ?? [] },
    });
    // Last, so that a search that fails is free: it is sent again by itself when the database is away.
    await charge(db, { owner: request.owner, kind: 'search', amount: 1, key: getChargeKey(request) });
    return toSearchHits(platform, request, hits);
  });
}
