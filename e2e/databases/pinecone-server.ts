import Fastify, { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { findNearest, type StoredRow } from './rows.ts';

/** The REST APIs of Pinecone, of a project and of its indexes, as its OpenAPI documents have them; both on one port. */

const MAX_VECTORS = 1000;
const MAX_BYTES = 2 * 1024 * 1024;
const createSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?$/),
  dimension: z.number().int().min(1).max(20_000),
  metric: z.enum(['cosine', 'euclidean', 'dotproduct']),
  spec: z.object({
    serverless: z.object({ cloud: z.enum(['aws', 'gcp', 'azure']), region: z.string().min(1) }),
  }),
  deletion_protection: z.enum(['enabled', 'disabled']).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  vector_type: z.enum(['dense', 'sparse']).optional(),
});
const metadataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
const upsertSchema = z.strictObject({
  vectors: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(512),
        values: z.array(z.number()),
        metadata: metadataSchema.optional(),
      }),
    )
    .min(1)
    .max(MAX_VECTORS),
  namespace: z.string().optional(),
});
const querySchema = z.strictObject({
  vector: z.array(z.number()),
  topK: z.number().int().min(1).max(10_000),
  includeMetadata: z.boolean().optional(),
  includeValues: z.boolean().optional(),
  namespace: z.string().optional(),
});

interface Index {
  readonly dimension: number;
  readonly metric: string;
  readonly spec: unknown;
  readonly vectors: Map<string, StoredRow>;
}

/**
 * Starts one on a free port that lets in who has the key. Where the real one gives each index a host of its own, here
 * each has a path.
 */
export async function startPinecone(apiKey: string) {
  const indexes = new Map<string, Index>();
  const app = Fastify({ bodyLimit: MAX_BYTES });
  const refuse = (reply: FastifyReply, status: number, code: string, message: string) =>
    reply.code(status).send({ error: { code, message }, status });
  const badData = (reply: FastifyReply, message: string) => reply.code(400).send({ code: 3, message, details: [] });

  app.addHook('onRequest', async ({ headers }, reply) => {
    if (headers['api-key'] !== apiKey) return reply.code(401).type('text/plain').send('Invalid API Key');
    if (!headers['x-pinecone-api-version']) return refuse(reply, 400, 'INVALID_ARGUMENT', 'An API version is needed.');
  });

  let url = '';
  const described = (name: string, { dimension, metric, spec }: Index) => ({
    name,
    dimension,
    metric,
    spec,
    host: `${url}/of/${name}`,
    status: { ready: true, state: 'Ready' },
    deletion_protection: 'disabled',
    vector_type: 'dense',
  });
  app.get('/indexes', async () => ({ indexes: [...indexes].map(([name, index]) => described(name, index)) }));
  app.get<{ Params: { name: string } }>('/indexes/:name', async ({ params }, reply) => {
    const found = indexes.get(params.name);
    return found ? described(params.name, found) : refuse(reply, 404, 'NOT_FOUND', `Resource ${params.name} not found`);
  });
  app.post('/indexes', async ({ body }, reply) => {
    const asked = createSchema.safeParse(body);
    if (!asked.success) return refuse(reply, 400, 'INVALID_ARGUMENT', z.prettifyError(asked.error));
    const { name, dimension, metric, spec } = asked.data;
    if (indexes.has(name)) return refuse(reply, 409, 'ALREADY_EXISTS', 'Resource already exists');
    const made = { dimension, metric, spec, vectors: new Map() };
    indexes.set(name, made);
    return reply.code(201).send(described(name, made));
  });

  app.post<{ Params: { name: string } }>('/of/:name/describe_index_stats', async ({ params }, reply) => {
    const found = indexes.get(params.name);
    if (!found) return refuse(reply, 404, 'NOT_FOUND', 'No such index');
    const vectorCount = found.vectors.size;
    return {
      namespaces: vectorCount > 0 ? { '': { vectorCount } } : {},
      dimension: found.dimension,
      indexFullness: 0,
      totalVectorCount: vectorCount,
    };
  });
  app.post<{ Params: { name: string } }>('/of/:name/vectors/upsert', async ({ params, body }, reply) => {
    const found = indexes.get(params.name);
    if (!found) return refuse(reply, 404, 'NOT_FOUND', 'No such index');
    const asked = upsertSchema.safeParse(body);
    if (!asked.success) return badData(reply, z.prettifyError(asked.error));
    for (const { values } of asked.data.vectors) {
      if (values.length !== found.dimension) {
        return badData(
          reply,
          `Vector dimension ${values.length} does not match the dimension of the index ${found.dimension}`,
        );
      }
      if (values.every((value) => value === 0)) {
        return badData(reply, 'Dense vectors must contain at least one non-zero value.');
      }
    }
    for (const { id, values, metadata = {} } of asked.data.vectors) {
      found.vectors.set(id, { id, vector: values, payload: metadata });
    }
    return { upsertedCount: asked.data.vectors.length };
  });
  app.post<{ Params: { name: string } }>('/of/:name/query', async ({ params, body }, reply) => {
    const found = indexes.get(params.name);
    if (!found) return refuse(reply, 404, 'NOT_FOUND', 'No such index');
    const asked = querySchema.safeParse(body);
    if (!asked.success) return badData(reply, z.prettifyError(asked.error));
    const { vector, topK, includeMetadata, namespace = '' } = asked.data;
    if (vector.length !== found.dimension) {
      return badData(
        reply,
        `Vector dimension ${vector.length} does not match the dimension of the index ${found.dimension}`,
      );
    }
    const matches = findNearest(found.vectors.values(), vector, topK).map(({ id, score, payload }) => ({
      id,
      score,
      values: [],
      ...(includeMetadata && { metadata: payload }),
    }));
    return { matches, namespace, usage: { readUnits: 1 } };
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    rows: (name: string) => [...(indexes.get(name)?.vectors.values() ?? [])],
    make: (name: string, dimension: number, metric: string) =>
      indexes.set(name, {
        dimension,
        metric,
        spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
        vectors: new Map(),
      }),
    stop: () => app.close(),
  };
}
