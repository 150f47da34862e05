import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { withTimeout } from '../../with-timeout.ts';
import type { Platform } from '../context.ts';

/** Shorter than the gateway waits for all of them. */
const CHECK_TIMEOUT_MS = 2_000;

/** Set while a process that is about to end answers what it has begun, so that nothing new is sent to it. */
export interface Lifecycle {
  isStopping: boolean;
}

/** Whether the process lives (`/healthz`), and whether it can work: database and object store (`/readyz`). Neither needs a key. */
export function healthRoutes(
  app: FastifyInstance,
  { db, store }: Pick<Platform, 'db' | 'store'>,
  lifecycle: Lifecycle,
): void {
  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    if (lifecycle.isStopping) return reply.code(503).send({ status: 'stopping' });
    const checks = {
      database: withTimeout(sql`select 1`.execute(db), CHECK_TIMEOUT_MS),
      objects: withTimeout(store.check(), CHECK_TIMEOUT_MS),
    };
    const names = Object.keys(checks);
    const results = await Promise.allSettled(Object.values(checks));
    const failed = names.filter((_, index) => results[index]?.status === 'rejected');
    if (failed.length > 0) return reply.code(503).send({ status: 'unavailable', failed });
    return { status: 'ready' };
  });
}
