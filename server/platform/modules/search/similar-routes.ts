import type { FastifyInstance } from 'fastify';
import { similarRequestSchema } from '#api/contracts/requests.ts';
import type { Platform } from '../../context.ts';
import { valid } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { charge } from '../credits/credits.ts';
import { toSearchHits } from './search-hits.ts';
import { searchSimilar } from './similar-search.ts';

/** Segments that look like another segment or like a picture; words may narrow it. Beside the API. */
export function similarRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  app.post('/local/search/similar', async (request) => {
    const body = valid(similarRequestSchema, request.body);
    const { owner } = request;
    const { videoIds } = await getSearchableScope(db, owner, body);
    const hits = await searchSimilar(platform, {
      owner,
      segmentId: body.segment_id,
      picture: body.picture,
      query: body.query,
      videoIds,
      limit: body.top_k,
      exclusions: { owner, items: body.exclude ?? [] },
    });
    await charge(db, { owner, kind: 'search', amount: 1, key: getChargeKey(request) });
    return toSearchHits(
      platform,
      request,
      hits.map((hit) => ({ ...hit, matchedOn: ['visual'], matchedText: null })),
    );
  });
}
