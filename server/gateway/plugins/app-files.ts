import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../../project-root.ts';

const DIST = path.join(PROJECT_ROOT, 'dist');
const YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the built app: hashed assets for good, the page itself always fresh, and the page for every route of the app. */
export async function serveApp(app: FastifyInstance): Promise<void> {
  if (!existsSync(path.join(DIST, 'index.html')))
    throw new Error('The app is not built yet: run "npm run build" first.');
  await app.register(fastifyStatic, {
    root: DIST,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, file) => {
      const hashed = file.startsWith(path.join(DIST, 'assets'));
      reply.header('cache-control', hashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache');
      reply.header('vary', 'accept-encoding');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    // Routes of the app have no extension; a missing file must not come back as a page.
    const wantsPage =
      request.method === 'GET' && /^\/(?!(?:api|local|objects|studio)\/)[^.]*$/.test(request.url.split('?')[0] ?? '');
    if (!wantsPage) return reply.code(404).send({ message: 'There is nothing at this address.' });
    return reply.sendFile('index.html');
  });
}
