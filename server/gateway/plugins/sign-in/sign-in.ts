import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GatewayConfig } from '../../config.ts';
import type { State } from '../../state/document.ts';
import { PROBES } from '../health.ts';
import { SESSION_SECONDS, Sessions } from './sessions.ts';

const COOKIE = 'studio_session';
const MAX_TRIES_PER_MINUTE = 10;
const bodySchema = z.object({ password: z.string().min(1).max(1000) });

/** Routes that need no session: the app's files (which ask for the password), and whether one is needed. */
const OPEN = new Set(['/studio/config', '/studio/sign-in', '/', '/*', ...PROBES]);

/** By the route that answers, not by the address, which can be written in many ways. What has no route is not there. */
const isOpen = ({ routeOptions }: FastifyRequest): boolean => !routeOptions.url || OPEN.has(routeOptions.url);

export interface SignIn {
  /** Whether there is a password, and whether a request comes from somebody who has given it. */
  getState(request: FastifyRequest): Promise<'off' | 'in' | 'out'>;
  /** Calls `listener` when the session of a request ends. Returns a function that takes it back. */
  onSignOut(request: FastifyRequest, listener: () => void): () => void;
}

/**
 * Asks for the studio's password, where one is set: all data needs a session. The cookie cannot be read by scripts nor be
 * sent by other sites' pages.
 */
export async function requireSignIn(app: FastifyInstance, { password }: GatewayConfig, state: State): Promise<SignIn> {
  if (password === undefined) return { getState: async () => 'off', onSignOut: () => () => undefined };
  const sessions = await Sessions.open(state, password);
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  app.addHook('onRequest', async (request, reply) => {
    if (isOpen(request) || (await sessions.has(request.cookies[COOKIE]))) return;
    return reply.code(401).send({ message: 'Sign in to this studio first.', code: 'signed_out' });
  });

  const limit = {
    max: MAX_TRIES_PER_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request: FastifyRequest, { after }: { after: string }) => ({
      statusCode: 429,
      message: `Too many tries. Try again in ${after}.`,
    }),
  };
  app.post('/studio/sign-in', { config: { rateLimit: limit } }, async (request, reply) => {
    const given = bodySchema.safeParse(request.body);
    if (!given.success || !sessions.isPassword(given.data.password)) {
      return reply.code(401).send({ message: 'This is not the password.' });
    }
    reply.setCookie(COOKIE, await sessions.begin(), {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      // Behind a proxy that speaks TLS, the page's own origin says so.
      secure: request.protocol === 'https' || (request.headers.origin?.startsWith('https:') ?? false),
      maxAge: SESSION_SECONDS,
    });
    return reply.code(204).send();
  });
  app.post('/studio/sign-out', async (request, reply) => {
    const token = request.cookies[COOKIE];
    if (token) await sessions.end(token);
    return reply.clearCookie(COOKIE, { path: '/' }).code(204).send();
  });
  return {
    getState: async (request) => ((await sessions.has(request.cookies[COOKIE])) ? 'in' : 'out'),
    onSignOut: (request, listener) => sessions.onEnd(request.cookies[COOKIE] ?? '', listener),
  };
}
