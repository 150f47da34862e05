import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiKey } from '../owners.ts';
import { HttpError } from './http-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose data the request may use: the owner id of its API key. */
    owner: string;
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets only requests with one of the API keys pass, and says whose they are. */
export function requireKey(app: FastifyInstance, apiKeys: readonly ApiKey[]): void {
  const accepted = apiKeys.map(({ key, owner }) => ({ digest: digest(key), owner }));
  app.decorateRequest('owner', '');
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const given = request.headers['x-api-key'];
    const known =
      typeof given === 'string' ? accepted.find((key) => timingSafeEqual(digest(given), key.digest)) : undefined;
    if (!known) throw new HttpError(401, 'A valid API key is needed, in the X-API-Key header.');
    request.owner = known.owner;
  });
}
