import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createClient } from '../../../src/api/client.ts';
import {
  connectionInputSchema,
  type Push,
  pushRequestSchema,
  vectorQuerySchema,
} from '../../../src/api/contracts/integrations.ts';
import { servingModelSchema } from '../../../src/api/contracts/models.ts';
import type { GatewayConfig } from '../config.ts';
import { sendError } from '../plugins/error-handler.ts';
import { waitForPlatform } from '../plugins/health.ts';
import type { SignIn } from '../plugins/sign-in/sign-in.ts';
import type { State } from '../state/document.ts';
import type { Upstreams } from '../upstreams.ts';
import { Connections } from './connections.ts';
import { withDatabase } from './connectors/open-database.ts';
import { askDatabase } from './connectors/vector-database.ts';
import { HostPolicy } from './host-policy.ts';
import { IntegrationError, type IntegrationFailure } from './integration-error.ts';
import { Pushes } from './push-jobs.ts';
import { streamPushes } from './push-stream.ts';
import { VectorSource } from './push-videos.ts';
import { publicConnection, type StoredConnection } from './stored-connection.ts';

const STATUS: Record<IntegrationFailure, number> = {
  unreachable: 502,
  unauthorized: 502,
  wrong_dimension: 409,
  wrong_metric: 409,
  missing_index: 404,
  missing_extension: 409,
  refused: 422,
};

/** An answer that is a sentence; thrown by a route, it ends it. */
class Refusal extends Error {
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

function parsed<Output>(schema: z.core.$ZodType<Output>, body: unknown): Output {
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  throw new Refusal(422, result.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join(' '));
}

/** Vector databases: their connections, pushing vectors into them, asking them. Their keys end here. */
export async function serveIntegrations(
  app: FastifyInstance,
  config: GatewayConfig,
  {
    readKey,
    onSignOut,
    state,
    upstreams,
  }: { readKey: () => Promise<string>; onSignOut: SignIn['onSignOut']; state: State; upstreams: Upstreams },
): Promise<void> {
  const hosts = new HostPolicy({ named: config.databaseHosts, allowsLoopback: config.password === undefined });
  const connections = await Connections.open(state, process.env);
  const client = createClient({
    baseUrl: config.upstreams[0],
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('x-api-key', await readKey());
      // The key is for the platform alone, not for where it may point to.
      const url = String(input).replace(config.upstreams[0], upstreams.pick());
      return fetch(url, { ...init, headers, redirect: 'error' });
    },
  });
  const getServingModel = async (signal: AbortSignal): Promise<string | null> => {
    const response = await fetch(`${upstreams.pick()}/local/index/model`, {
      headers: { 'x-api-key': await readKey() },
      signal,
      redirect: 'error',
    });
    // A hosted platform has no such route, whatever it answers there.
    const answer: unknown = response.ok ? await response.json().catch(() => null) : null;
    return servingModelSchema.safeParse(answer).data?.model ?? null;
  };
  const pushes = await Pushes.open(state, new VectorSource(client, getServingModel), hosts);
  app.addHook('onListen', async () => {
    // In the background: the gateway serves while the platform is still loading.
    waitForPlatform(config)
      .then(() => pushes.takeOverInterrupted(connections))
      .catch((error: unknown) => app.log.error({ err: error }, 'pushes were not resumed'));
  });

  const getConnection = (id: string): StoredConnection => {
    const connection = connections.find(id);
    if (!connection) throw new Refusal(404, 'This connection no longer exists.');
    return connection;
  };
  const getPush = (id: string): Push => {
    const push = pushes.find(id);
    if (!push) throw new Refusal(404, 'This push no longer exists.');
    return push;
  };
  const busy = () => new Refusal(409, 'Vectors are being pushed to this database already. Wait for them, or cancel.');

  await app.register(
    async (scope) => {
      scope.setErrorHandler((error, request, reply) =>
        error instanceof IntegrationError
          ? reply.code(STATUS[error.code]).send({ message: error.message, code: error.code })
          : sendError(error, request, reply),
      );
      scope.get('/', async () => ({ connections: connections.all.map(publicConnection), pushes: pushes.all }));
      scope.get('/events', (request, reply) => {
        reply.hijack();
        streamPushes(reply.raw, pushes, (end) => onSignOut(request, end));
      });

      scope.post('/connections', async (request, reply) => {
        const connection = await connections.add(parsed(connectionInputSchema, request.body));
        return reply.code(201).send(publicConnection(connection));
      });
      scope.put<{ Params: { id: string } }>('/connections/:id', async ({ params, body }) => {
        if (pushes.isBusy(getConnection(params.id).id)) throw busy();
        const connection = await connections.replace(params.id, parsed(connectionInputSchema, body));
        if (!connection)
          throw new Refusal(409, 'The environment of the studio describes this connection: change it there.');
        return publicConnection(connection);
      });
      scope.delete<{ Params: { id: string } }>('/connections/:id', async ({ params }, reply) => {
        getConnection(params.id);
        if (!(await connections.remove(params.id))) {
          throw new Refusal(409, 'The environment of the studio describes this connection: remove it there.');
        }
        await pushes.forget(params.id);
        return reply.code(204).send();
      });
      scope.get<{ Params: { id: string } }>('/connections/:id/state', async ({ params }) =>
        withDatabase(getConnection(params.id), hosts, (database) => database.describe()),
      );
      scope.post<{ Params: { id: string } }>('/connections/:id/query', async ({ params, body }) => {
        const { vector, limit } = parsed(vectorQuerySchema, body);
        const began = performance.now();
        const hits = await withDatabase(getConnection(params.id), hosts, (database) =>
          askDatabase(database, vector, limit),
        );
        return { hits, took_ms: Math.round(performance.now() - began) };
      });
      scope.post<{ Params: { id: string } }>('/connections/:id/pushes', async ({ params, body }, reply) => {
        const connection = getConnection(params.id);
        const { video_ids } = parsed(pushRequestSchema, body);
        const push = await pushes.start(connection, video_ids);
        if (push === null) throw busy();
        return reply.code(201).send(push);
      });
      scope.post<{ Params: { id: string } }>('/pushes/:id/cancel', async ({ params }, reply) => {
        await pushes.cancel(getPush(params.id).id);
        return reply.code(204).send();
      });
      scope.post<{ Params: { id: string } }>('/pushes/:id/resume', async ({ params }, reply) => {
        const push = getPush(params.id);
        const connection = getConnection(push.connection_id);
        if (push.status === 'done') throw new Refusal(409, 'All of it is in the database already.');
        if (!(await pushes.resume(push.id, connection))) throw busy();
        return reply.code(204).send();
      });
    },
    { prefix: '/studio/integrations' },
  );
}
