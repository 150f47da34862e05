import { z } from 'zod/mini';
import { idSchema } from './ids.ts';

/** What the page and the gateway say to each other of vector databases (`/studio/integrations/…`). */

export const DATABASE_KINDS = ['pinecone', 'qdrant', 'weaviate', 'chroma', 'pgvector'] as const;
export const databaseKindSchema = z.enum(DATABASE_KINDS);
export type DatabaseKind = z.infer<typeof databaseKindSchema>;

/** How the databases are called by those who make them, what an index of vectors is called there, and its usual name. */
export const DATABASES: Record<
  DatabaseKind,
  { readonly name: string; readonly index: string; readonly defaultIndex: string }
> = {
  pinecone: { name: 'Pinecone', index: 'Index', defaultIndex: 'video-segments' },
  qdrant: { name: 'Qdrant', index: 'Collection', defaultIndex: 'video-segments' },
  weaviate: { name: 'Weaviate', index: 'Collection', defaultIndex: 'VideoSegment' },
  chroma: { name: 'Chroma', index: 'Collection', defaultIndex: 'video-segments' },
  pgvector: { name: 'pgvector', index: 'Table', defaultIndex: 'video_segments' },
};

const line = z.string().check(z.trim(), z.maxLength(500));

/** Where a database is, without its key. */
const placeSchema = z.object({
  kind: databaseKindSchema,
  name: line.check(
    z.minLength(1, 'A connection needs a name.'),
    z.maxLength(80, 'The name has more than 80 characters.'),
  ),
  /** http(s) address; for pgvector `postgres://user@host/database`; empty for Pinecone itself. */
  url: line,
  /** The index, collection or table that holds the vectors. */
  index: line,
  /** Pinecone: cloud and region of a new index, as "aws/us-east-1". */
  region: z.optional(line),
  /** Weaviate: host and port of its gRPC endpoint, where it is not the usual one. */
  grpc: z.optional(line),
  /** Chroma: tenant and database, as "tenant/database". */
  tenant: z.optional(line),
});

/** A connection as it is typed in. */
export const connectionInputSchema = z.extend(placeSchema, {
  /** API key, token or password. Left out, the one that is known stays; empty, there is none. */
  key: z.optional(z.string().check(z.maxLength(4000))),
});
export type ConnectionInput = z.infer<typeof connectionInputSchema>;

/** A connection as a page may see it: whether there is a key, but never the key. */
export const connectionSchema = z.extend(placeSchema, {
  id: z.string(),
  has_key: z.boolean(),
  /** True for one that the environment of the gateway describes: it is changed there. */
  is_fixed: z.boolean(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** What there is at the other end. */
export const indexStateSchema = z.object({
  exists: z.boolean(),
  /** Numbers in a vector; null where the database does not say. */
  dimension: z.nullable(z.number()),
  /** "cosine", "dot", or what else the database calls it. */
  metric: z.nullable(z.string()),
  rows: z.nullable(z.number()),
});
export type IndexState = z.infer<typeof indexStateSchema>;

export const pushRequestSchema = z.object({ video_ids: z.array(idSchema).check(z.minLength(1), z.maxLength(10_000)) });

/** How far the vectors of videos are on their way into a database: what an event says. */
export const pushProgressSchema = z.object({
  id: z.string(),
  connection_id: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  video_count: z.number(),
  /** Videos that are in the database with all of their segments. */
  done_count: z.number(),
  /** Rows that the database has confirmed. */
  rows: z.number(),
  error: z.nullable(z.string()),
  /** The model that its vectors are of; null before the first ones, and where the platform does not say. */
  model: z._default(z.nullable(z.string()), null),
  /** How often the studio ended during it since its last progress. */
  interruptions: z._default(z.number(), 0),
  started_at: z.string(),
});
export type PushProgress = z.infer<typeof pushProgressSchema>;

/** A push with its videos. */
export const pushSchema = z.extend(pushProgressSchema, {
  video_ids: z.array(z.string()),
  /** Those of them that `done_count` counts. */
  done_ids: z.array(z.string()),
});
export type Push = z.infer<typeof pushSchema>;

export const vectorQuerySchema = z.object({
  vector: z.array(z.number()).check(z.minLength(1), z.maxLength(10_000)),
  limit: z._default(z.int().check(z.gte(1), z.lte(100)), 10),
});

/** A segment that a database holds, and how near it is: the cosine. */
export const databaseHitSchema = z.object({
  video_id: z.string(),
  /** As they were pushed: `HH:MM:SS`. */
  start: z.string(),
  end: z.string(),
  score: z.number(),
});
export type DatabaseHit = z.infer<typeof databaseHitSchema>;

export const integrationsSchema = z.object({ connections: z.array(connectionSchema), pushes: z.array(pushSchema) });
export const databaseHitsSchema = z.object({ hits: z.array(databaseHitSchema), took_ms: z.number() });
