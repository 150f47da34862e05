import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import { getQueueState } from '../jobs/worker-registry.ts';

const DURATION_BUCKETS = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60];

/**
 * Serves Prometheus metrics at `/metrics`: requests by route, stages by kind and status, and the process itself. The platform
 * listens on this machine alone, and the gateway does not pass this address on.
 */
export function serveMetrics(app: FastifyInstance, db: Db): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests until the answer was sent.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  const stages = new Gauge({
    name: 'studio_stages',
    help: 'Processing stages of videos, by kind and status.',
    labelNames: ['stage', 'status'],
    registers: [registry],
    async collect() {
      stages.reset();
      // While the database is away, all other metrics are there.
      const rows = await db
        .selectFrom('stages')
        .select(({ fn }) => ['stage', 'status', fn.countAll<string>().as('count')])
        .groupBy(['stage', 'status'])
        .execute()
        .catch(() => []);
      for (const { stage, status, count } of rows) stages.set({ stage, status }, Number(count));
    },
  });
  const waiting = new Gauge({
    name: 'studio_queue_waiting',
    help: 'Stages that could run now and do not, by kind.',
    labelNames: ['stage'],
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'studio_queue_oldest_seconds',
    help: 'How long the oldest of them has been waiting.',
    labelNames: ['stage'],
    registers: [registry],
  });
  const workers = new Gauge({
    name: 'studio_workers',
    help: 'Workers that are alive, by the stages that they take.',
    labelNames: ['stage'],
    registers: [registry],
  });
  const refreshQueue = async () => {
    for (const state of await getQueueState(db).catch(() => [])) {
      workers.set({ stage: state.stage }, state.workers);
      waiting.set({ stage: state.stage }, state.waiting);
      oldest.set({ stage: state.stage }, state.oldestSeconds);
    }
  };
  app.addHook('onResponse', async (request, reply) => {
    // Not the address: every video would be a series of its own.
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get('/metrics', async (_request, reply) => {
    await refreshQueue();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
