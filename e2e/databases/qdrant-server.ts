import Fastify, { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { findNearest, type StoredRow, UUID } from './rows.ts';

/** The REST API of Qdrant 1.x as its OpenAPI document has it, as far as vectors of one unnamed kind go. */

const DISTANCES = ['Cosine', 'Euclid', 'Dot', 'Manhattan'] as const;
const createSchema = z.strictObject({
  vectors: z.strictObject({ size: z.number().int().min(1).max(65_536), distance: z.enum(DISTANCES) }),
});
const pointId = z.union([z.number().int().min(0), z.string().regex(UUID, 'is not a valid point ID')]);
const upsertSchema = z.strictObject({
  points: z
    .array(
      z.strictObject({
        id: pointId,
        vector: z.array(z.number()),
        payload: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .min(1),
});
const querySchema = z.strictObject({
  query: z.array(z.number()),
  limit: z.number().int().min(1),
  with_payload: z.boolean().optional(),
  with_vector: z.boolean().optional(),
});

interface Collection {
  readonly size: number;
  readonly distance: string;
  readonly points: Map<string | number, StoredRow>;
}

/** Starts one on a free port; with a key, it lets nobody in without. */
export async function startQdrant(apiKey?: string) {
  const collections = new Map<string, Collection>();
  let writes = 0;
  let failing = 0;
  let free = Number.POSITIVE_INFINITY;
  let waiting: (() => void)[] = [];
  const app = Fastify({ bodyLimit: 32 * 1024 * 1024 });
  const began = performance.now();
  const time = () => (performance.now() - began) / 1000;
  const fail = (reply: FastifyReply, status: number, error: string) =>
    reply.code(status).send({ status: { error }, time: time() });
  const answer = (result: unknown) => ({ result, status: 'ok', time: time() });
  const wrong = (error: z.ZodError) =>
    `Format error in JSON body: ${error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')}`;
  const missing = (reply: FastifyReply, name: string) =>
    fail(reply, 404, `Not found: Collection \`${name}\` doesn't exist!`);

  app.addHook('onRequest', async ({ headers }, reply) => {
    if (apiKey === undefined || headers['api-key'] === apiKey) return;
    const said = headers['api-key']
      ? 'Invalid API key or JWT'
      : 'Must provide an API key or an Authorization bearer token';
    return reply.code(401).type('text/plain').send(said);
  });
  app.get<{ Params: { name: string } }>('/collections/:name/exists', async ({ params }) =>
    answer({ exists: collections.has(params.name) }),
  );
  app.get<{ Params: { name: string } }>('/collections/:name', async ({ params }, reply) => {
    const found = collections.get(params.name);
    if (!found) return missing(reply, params.name);
    const { size, distance, points } = found;
    return answer({
      status: 'green',
      optimizer_status: 'ok',
      points_count: points.size,
      segments_count: 1,
      config: { params: { vectors: { size, distance }, shard_number: 1, replication_factor: 1 } },
      payload_schema: {},
    });
  });
  app.put<{ Params: { name: string } }>('/collections/:name', async ({ params, body }, reply) => {
    const asked = createSchema.safeParse(body);
    if (!asked.success) return fail(reply, 400, wrong(asked.error));
    if (collections.has(params.name)) {
      return fail(reply, 409, `Wrong input: Collection \`${params.name}\` already exists!`);
    }
    collections.set(params.name, { ...asked.data.vectors, points: new Map() });
    return answer(true);
  });
  app.put<{ Params: { name: string }; Querystring: { wait?: string } }>(
    '/collections/:name/points',
    async ({ params, body, query }, reply) => {
      const found = collections.get(params.name);
      if (!found) return missing(reply, params.name);
      if (failing > 0) {
        failing -= 1;
        return fail(reply, 503, 'Service temporarily unavailable');
      }
      free -= 1;
      if (free < 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const asked = upsertSchema.safeParse(body);
      if (!asked.success) return fail(reply, 400, wrong(asked.error));
      const odd = asked.data.points.find(({ vector }) => vector.length !== found.size);
      if (odd) {
        return fail(
          reply,
          400,
          `Wrong input: Vector dimension error: expected dim: ${found.size}, got ${odd.vector.length}`,
        );
      }
      for (const { id, vector, payload = {} } of asked.data.points)
        found.points.set(id, { id: String(id), vector, payload });
      writes += 1;
      return answer({ operation_id: writes, status: query.wait === 'true' ? 'completed' : 'acknowledged' });
    },
  );
  app.post<{ Params: { name: string } }>('/collections/:name/points/query', async ({ params, body }, reply) => {
    const found = collections.get(params.name);
    if (!found) return missing(reply, params.name);
    const asked = querySchema.safeParse(body);
    if (!asked.success) return fail(reply, 400, wrong(asked.error));
    const { query, limit, with_payload } = asked.data;
    if (query.length !== found.size) {
      return fail(reply, 400, `Wrong input: Vector dimension error: expected dim: ${found.size}, got ${query.length}`);
    }
    const points = findNearest(found.points.values(), query, limit).map(({ id, score, payload }) => ({
      id,
      version: 1,
      score,
      ...(with_payload && { payload }),
    }));
    return answer({ points });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    /** The rows that a collection holds. */
    rows: (name: string) => [...(collections.get(name)?.points.values() ?? [])],
    /** Makes a collection of another kind, as somebody else might have. */
    make: (name: string, size: number, distance: string) =>
      collections.set(name, { size, distance, points: new Map() }),
    /** Has the next writes fail as an overloaded server would. */
    failWrites: (count: number) => {
      failing = count;
    },
    /** Lets through so many writes and holds those after; answers what lets them go. */
    holdWrites: (count: number) => {
      free = count;
      return () => {
        free = Number.POSITIVE_INFINITY;
        for (const go of waiting) go();
        waiting = [];
      };
    },
    held: () => waiting.length,
    stop: () => app.close(),
  };
}
