import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import { PROBES } from './health.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The names under which this machine reaches itself. */
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const getName = (host: string) => host.replace(/:\d+$/, '').toLowerCase();

/** True for an origin of this studio's own pages. A proxy that is not trusted may speak TLS without our knowing. */
function isSameOrigin(origin: string, host: string, protocol: string, isProxyTrusted: boolean): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  const isSameScheme = url.protocol === `${protocol}:` || (!isProxyTrusted && url.protocol === 'https:');
  return url.host === host && isSameScheme;
}

/**
 * Lets only this app's own pages in. A foreign name in `Host` is another site that made its name point here (DNS
 * rebinding); a foreign `Origin`, or a fetch that a foreign page started, is another site using the visitor's browser.
 */
export function checkOrigin(app: FastifyInstance, { password, hostNames, trustProxy }: GatewayConfig): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? '';
    const name = getName(host);
    // Names can be made to point here, addresses cannot; with a password, other machines come by address.
    const byAddress = password !== undefined && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
    const isProbe = PROBES.has(request.routeOptions.url);
    if (!isProbe && !LOOPBACK_NAMES.has(name) && !byAddress && !hostNames.includes(name)) {
      return reply
        .code(421)
        .send({ message: 'This address does not serve that host name. Names are allowed with STUDIO_HOSTS.' });
    }
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const isForeign = origin !== undefined && !isSameOrigin(origin, host, request.protocol, trustProxy !== false);
    const isCrossSite = site === 'cross-site' || site === 'same-site';
    const isNavigation = SAFE_METHODS.has(request.method) && request.headers['sec-fetch-mode'] === 'navigate';
    if (isForeign || (isCrossSite && !isNavigation)) {
      return reply.code(403).send({ message: 'Requests from other sites are refused.' });
    }
  });
}
