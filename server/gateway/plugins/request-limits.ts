import type { FastifyInstance } from 'fastify';

/** The platform's own limit for JSON: a larger body would be cut off in the middle of being sent on. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;
/** So much of a refused body is read and thrown away, so that its sender gets to read the answer. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;
/** Time for the headers of a request, and for a body that a route of the studio reads whole. */
const HEADERS_TIMEOUT_MS = 20_000;
const BODY_TIMEOUT_MS = 20_000;
/** Time without a byte on a connection that is sending a request. */
const IDLE_TIMEOUT_MS = 120_000;

/** Refuses JSON that is too large, and ends requests that are sent too slowly to ever end. */
export function limitRequests(app: FastifyInstance): void {
  app.server.headersTimeout = HEADERS_TIMEOUT_MS;
  app.addHook('onRequest', async (request, reply) => {
    const bytes = Number(request.headers['content-length'] ?? 0);
    const isJson = request.headers['content-type']?.includes('json') ?? false;
    if (isJson && bytes > MAX_JSON_BYTES) {
      if (bytes <= MAX_DRAINED_BYTES) request.raw.resume();
      return reply.code(413).send({ message: 'The request is too large.' });
    }
    if (!request.raw.complete) {
      request.raw.setTimeout(IDLE_TIMEOUT_MS, () => request.raw.destroy());
      // How long the answer may take is another matter.
      request.raw.once('end', () => request.raw.setTimeout(0));
    }
    // Files are streams of any length; JSON and what the studio's own routes take is small.
    if (!(isJson || request.url.startsWith('/studio/')) || request.raw.complete) return;
    const timer = setTimeout(() => request.raw.destroy(), BODY_TIMEOUT_MS);
    request.raw.once('end', () => clearTimeout(timer));
    request.raw.once('close', () => clearTimeout(timer));
  });
}
