import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import pRetry from 'p-retry';
import type { GatewayConfig } from '../config.ts';
import { isPlatformReady } from '../upstreams.ts';

const READY_TIMEOUT_MS = 3_000;
const READY_TTL_MS = 1_000;

/** Probes come by any host name, without a session, and learn nothing but the state. */
export const PROBES: ReadonlySet<string | undefined> = new Set<string | undefined>(['/healthz', '/readyz']);

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

/** Whether a platform behind the gateway can be used now. */
async function canReachPlatform({ upstreams, isEmbedded }: GatewayConfig): Promise<boolean> {
  const checks = upstreams.map((upstream) => (isEmbedded ? isPlatformReady(upstream) : acceptsConnections(upstream)));
  return (await Promise.all(checks)).includes(true);
}

/** Anybody may ask: the platform is asked once for all who ask within a second. */
function createReadyCheck(config: GatewayConfig): () => Promise<boolean> {
  let last: { readonly at: number; readonly result: Promise<boolean> } | null = null;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > READY_TTL_MS) last = { at: now, result: canReachPlatform(config) };
    return last.result;
  };
}

/**
 * Resolves when the platform can be used: gateway and embedded platform start at the same time, and the one that crashes is
 * started again. Rejects after about five minutes.
 */
export async function waitForPlatform(config: GatewayConfig): Promise<void> {
  const check = async () => {
    if (!(await canReachPlatform(config))) throw new Error('The platform is not ready.');
  };
  await pRetry(check, { retries: 300, minTimeout: 200, maxTimeout: 1000, unref: true });
}

/** Whether the gateway lives (`/healthz`), and whether the platform behind it can be used (`/readyz`). */
export function serveHealth(app: FastifyInstance, config: GatewayConfig): void {
  const isPlatformUsable = createReadyCheck(config);
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const isReady = await isPlatformUsable();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'unavailable' });
  });
}
