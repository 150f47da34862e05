import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The names under which this machine reaches itself. */
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const nameOf = (host: string) => host.replace(/:\d+$/, '').toLowerCase();

function sameOrigin(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/**
 * Lets only this app's own pages in. A foreign name in `Host` is another site that made its name point here (DNS
 * rebinding); a foreign `Origin`, or a fetch that a foreign page started, is another site using the visitor's browser.
 */
export function guardRequests(app: FastifyInstance, { password, hostNames }: GatewayConfig): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? '';
    const name = nameOf(host);
    // Names can be made to point here, addresses cannot; with a password, other machines come by address.
    const byAddress = password !== undefined && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
    if (!LOOPBACK_NAMES.has(name) && !byAddress && !hostNames.includes(name)) {
      return reply
        .code(421)
        .send({ message: 'This address does not serve that host name. Names are allowed with STUDIO_HOSTS.' });
    }
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreign = origin !== undefined && !sameOrigin(origin, host);
    const crossSite = site === 'cross-site' || site === 'same-site';
    if (
      foreign ||
      (crossSite && !(SAFE_METHODS.has(request.method) && request.headers['sec-fetch-mode'] === 'navigate'))
    ) {
      return reply.code(403).send({ message: 'Requests from other sites are refused.' });
    }
  });
}
