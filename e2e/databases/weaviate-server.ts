// The protocol as the official client carries it, compiled; the package does not export it.

import Fastify, { type FastifyReply } from 'fastify';
import { type CallContext, createServer, ServerError, Status } from 'nice-grpc';
import { z } from 'zod';
import { HealthDefinition } from '../../node_modules/weaviate-client/dist/node/esm/proto/google/health/v1/health.js';
import { AggregateReply } from '../../node_modules/weaviate-client/dist/node/esm/proto/v1/aggregate.js';
import { Vectors_VectorType } from '../../node_modules/weaviate-client/dist/node/esm/proto/v1/base.js';
import { BatchObjectsReply } from '../../node_modules/weaviate-client/dist/node/esm/proto/v1/batch.js';
import { SearchReply } from '../../node_modules/weaviate-client/dist/node/esm/proto/v1/search_get.js';
import { WeaviateDefinition } from '../../node_modules/weaviate-client/dist/node/esm/proto/v1/weaviate.js';
import { findNearest, type StoredRow, UUID } from './rows.ts';

/** Weaviate 1.x: its schema over REST as in its OpenAPI document, its objects over gRPC by its own protocol files. */

const classSchema = z.object({
  class: z.string().regex(/^[A-Z][_0-9A-Za-z]*$/),
  vectorConfig: z.object({
    default: z.object({
      vectorIndexType: z.enum(['hnsw', 'flat', 'dynamic']),
      vectorIndexConfig: z
        .object({
          distance: z.enum(['cosine', 'dot', 'l2-squared', 'hamming', 'manhattan']).optional(),
        })
        .optional(),
      vectorizer: z.object({ none: z.object({}) }),
    }),
  }),
  properties: z.array(z.object({ name: z.string(), dataType: z.tuple([z.enum(['text', 'int', 'number', 'uuid'])]) })),
});
type Class = z.infer<typeof classSchema>;

interface Stored {
  readonly schema: Class;
  readonly objects: Map<string, StoredRow>;
}

/** A class as the server gives it back: with all that was left out. */
const described = ({ class: name, vectorConfig, properties }: Class) => {
  const own = vectorConfig.default;
  const vectorIndexConfig = {
    skip: false,
    cleanupIntervalSeconds: 300,
    maxConnections: 32,
    efConstruction: 128,
    ef: -1,
    dynamicEfMin: 100,
    dynamicEfMax: 500,
    dynamicEfFactor: 8,
    vectorCacheMaxObjects: 1_000_000_000_000,
    flatSearchCutoff: 40_000,
    filterStrategy: 'sweeping',
    pq: { enabled: false },
    bq: { enabled: false },
    sq: { enabled: false },
    distance: own.vectorIndexConfig?.distance ?? 'cosine',
  };
  return {
    class: name,
    invertedIndexConfig: {
      bm25: { b: 0.75, k1: 1.2 },
      cleanupIntervalSeconds: 60,
      stopwords: { preset: 'en', additions: null, removals: null },
    },
    multiTenancyConfig: { enabled: false, autoTenantActivation: false, autoTenantCreation: false },
    properties: properties.map((property) => ({
      ...property,
      indexFilterable: true,
      indexSearchable: true,
      indexRangeFilters: false,
      tokenization: 'word',
    })),
    replicationConfig: { factor: 1, asyncEnabled: false, deletionStrategy: 'NoAutomatedResolution' },
    shardingConfig: {
      virtualPerPhysical: 128,
      desiredCount: 1,
      actualCount: 1,
      desiredVirtualCount: 128,
      actualVirtualCount: 128,
      key: '_id',
      strategy: 'hash',
      function: 'murmur3',
    },
    vectorConfig: { default: { ...own, vectorIndexConfig } },
  };
};

const floats = (bytes: Uint8Array) => {
  const copy = Uint8Array.from(bytes);
  return [...new Float32Array(copy.buffer)];
};
const toBytes = (values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);

/** Starts one on two free ports; with a key, it lets nobody in without. */
export async function startWeaviate(apiKey?: string) {
  const classes = new Map<string, Stored>();
  const app = Fastify();
  const fail = (reply: FastifyReply, status: number, message: string) =>
    reply.code(status).send({ error: [{ message }] });
  app.addHook('onRequest', async ({ headers, url }, reply) => {
    if (apiKey === undefined || headers.authorization === `Bearer ${apiKey}` || url.startsWith('/v1/.well-known/'))
      return;
    return reply.code(401).send({ code: 401, message: 'anonymous access not enabled, please provide an auth scheme' });
  });
  app.get('/v1/meta', async () => ({
    hostname: 'http://[::]:8080',
    modules: {},
    version: '1.32.0',
    grpcMaxMessageSize: 10_485_760,
  }));
  app.get('/v1/.well-known/openid-configuration', async (_request, reply) => reply.code(404).send());
  app.get('/v1/schema', async () => ({ classes: [...classes.values()].map(({ schema }) => described(schema)) }));
  app.get<{ Params: { name: string } }>('/v1/schema/:name', async ({ params }, reply) => {
    const found = classes.get(params.name);
    return found ? described(found.schema) : reply.code(404).send();
  });
  app.post('/v1/schema', async ({ body }, reply) => {
    const asked = classSchema.safeParse(body);
    if (!asked.success) return fail(reply, 422, z.prettifyError(asked.error));
    if (classes.has(asked.data.class)) return fail(reply, 422, `class name ${asked.data.class} already exists`);
    classes.set(asked.data.class, { schema: asked.data, objects: new Map() });
    return described(asked.data);
  });

  const getClass = (name: string, context: CallContext): Stored => {
    if (apiKey !== undefined && context.metadata.get('authorization') !== `Bearer ${apiKey}`) {
      throw new ServerError(Status.UNAUTHENTICATED, 'unauthorized: anonymous access not enabled');
    }
    const found = classes.get(name);
    if (!found) throw new ServerError(Status.UNKNOWN, `could not find class ${name} in schema`);
    return found;
  };
  const getLength = ({ objects }: Stored) => objects.values().next().value?.vector.length;

  const unsupported = async () => {
    throw new ServerError(Status.UNIMPLEMENTED, 'not part of this contract');
  };
  async function* nothing() {
    yield* [];
    await unsupported();
  }
  const grpc = createServer();
  grpc.add(HealthDefinition, { check: async () => ({ status: 1 }), watch: nothing });
  grpc.add(WeaviateDefinition, {
    batchObjects: async ({ objects }, context) => {
      const errors: { index: number; error: string }[] = [];
      for (const [index, { collection, uuid, vectors, vectorBytes, properties }] of objects.entries()) {
        const stored = getClass(collection, context);
        const [named] = vectors;
        const vector = floats(named?.vectorBytes ?? vectorBytes);
        const known = getLength(stored);
        const payload = properties?.nonRefProperties ?? {};
        const strange = Object.keys(payload).find((name) => !stored.schema.properties.some((one) => one.name === name));
        const error =
          (!UUID.test(uuid) && `invalid object id: ${uuid}`) ||
          (vector.length === 0 && 'a vector is needed: no vectorizer is set') ||
          (named && named.name !== 'default' && `vector ${named.name} is not configured`) ||
          (known !== undefined &&
            known !== vector.length &&
            `new node has a vector with length ${vector.length}. Existing nodes have vectors with length ${known}`) ||
          (strange && `no such prop with name '${strange}' found in class`);
        if (error) errors.push({ index, error });
        else stored.objects.set(uuid, { id: uuid, vector, payload });
      }
      return BatchObjectsReply.fromPartial({ took: 0.01, errors });
    },
    search: async (request, context) => {
      const stored = getClass(request.collection, context);
      const near = request.nearVector;
      const asked = near && floats(near.vectors[0]?.vectorBytes ?? near.vectorBytes);
      const known = getLength(stored);
      if (asked && known !== undefined && asked.length !== known) {
        throw new ServerError(Status.UNKNOWN, `vector search: vector lengths don't match: ${known} vs ${asked.length}`);
      }
      const rows = asked
        ? findNearest(stored.objects.values(), asked, request.limit)
        : [...stored.objects.values()].slice(0, request.limit || 25).map((row) => ({ ...row, score: 0 }));
      return SearchReply.fromPartial({
        took: 0.01,
        results: rows.map(({ id, score, vector, payload }) => ({
          metadata: {
            id,
            idAsBytes: Uint8Array.from(Buffer.from(id.replaceAll('-', ''), 'hex')),
            ...(asked && { distance: 1 - score, distancePresent: true }),
            ...((request.metadata?.vector || (request.metadata?.vectors?.length ?? 0) > 0) && {
              vectors: [
                { name: 'default', vectorBytes: toBytes(vector), type: Vectors_VectorType.VECTOR_TYPE_SINGLE_FP32 },
              ],
            }),
          },
          properties: {
            targetCollection: request.collection,
            refPropsRequested: false,
            nonRefProps: {
              fields: Object.fromEntries(
                Object.entries(payload).map(([name, value]) => [name, { textValue: String(value) }]),
              ),
            },
          },
        })),
      });
    },
    aggregate: async (request, context) =>
      AggregateReply.fromPartial({
        took: 0.01,
        singleResult: { objectsCount: getClass(request.collection, context).objects.size },
      }),
    batchDelete: unsupported,
    batchReferences: unsupported,
    batchStream: nothing,
    tenantsGet: unsupported,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const port = await grpc.listen('127.0.0.1:0');
  return {
    url,
    grpc: `127.0.0.1:${port}`,
    rows: (name: string) => [...(classes.get(name)?.objects.values() ?? [])],
    /** Makes a collection of another kind, as somebody else might have. */
    make: (name: string, length: number, distance: 'cosine' | 'l2-squared') => {
      const schema = classSchema.parse({
        class: name,
        vectorConfig: {
          default: { vectorIndexType: 'hnsw', vectorIndexConfig: { distance }, vectorizer: { none: {} } },
        },
        properties: [],
      });
      const vector = Array.from({ length }, () => 1);
      classes.set(name, { schema, objects: new Map([['one', { id: 'one', vector, payload: {} }]]) });
    },
    stop: async () => {
      await app.close();
      grpc.forceShutdown();
    },
  };
}
