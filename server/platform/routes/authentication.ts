import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { ownerOf } from '../secrets.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Digest of the API key that the request came with. */
    owner: string;
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets only requests with the API key pass, and says whose they are. */
export function requireKey(app: FastifyInstance, apiKey: string): void {
  const expected = digest(apiKey);
  app.decorateRequest('owner', '');
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const given = request.headers['x-api-key'];
    if (typeof given !== 'string' || !timingSafeEqual(digest(given), expected)) {
      throw new Problem(401, 'A valid API key is needed, in the X-API-Key header.');
    }
    request.owner = ownerOf(given);
  });
}
