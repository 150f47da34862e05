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

/** Lets only requests with one of the API keys pass, and says whose they are. */
export function requireKey(app: FastifyInstance, apiKeys: readonly string[]): void {
  const accepted = apiKeys.map(digest);
  app.decorateRequest('owner', '');
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const given = request.headers['x-api-key'];
    const known = typeof given === 'string' && accepted.some((key) => timingSafeEqual(digest(given), key));
    if (!known) throw new Problem(401, 'A valid API key is needed, in the X-API-Key header.');
    request.owner = ownerOf(given);
  });
}
