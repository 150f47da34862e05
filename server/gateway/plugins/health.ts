import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.ts';

const READY_TIMEOUT_MS = 3_000;

/** Probes come by address, without a session, and learn nothing but the state. */
export const PROBES: ReadonlySet<string | undefined> = new Set<string | undefined>(['/healthz', '/readyz']);

async function isPlatformReady(upstream: string): Promise<boolean> {
  const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
  return fetch(`${upstream}/readyz`, { signal }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** A hosted platform has no documented probe: that its host accepts connections is all that can be known for free. */
function acceptsConnections(upstream: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(upstream);
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(port) || (protocol === 'https:' ? 443 : 80),
      timeout: READY_TIMEOUT_MS,
    });
    const settle = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** Whether the gateway lives (`/healthz`), and whether the platform behind it can be used (`/readyz`). */
export function serveHealth(app: FastifyInstance, { upstream, isEmbedded }: GatewayConfig): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const isReady = await (isEmbedded ? isPlatformReady(upstream) : acceptsConnections(upstream));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'unavailable' });
  });
}
