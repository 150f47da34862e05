import { ChromaClient, ChromaNotFoundError, type Collection } from 'chromadb';
import { parseDatabaseAddress } from '../database-address.ts';
import type { HostPolicy } from '../host-policy.ts';
import type { StoredConnection } from '../stored-connection.ts';
import type { VectorDatabase } from './vector-database.ts';

const METRICS: Record<string, string> = { cosine: 'cosine', ip: 'dot', l2: 'l2' };

/** A collection of a Chroma server, over REST. */
export async function chromaDatabase(
  { url, index: name, key, tenant }: StoredConnection,
  hosts: HostPolicy,
): Promise<VectorDatabase> {
  const { hostname, port, protocol } = parseDatabaseAddress('chroma', url);
  await hosts.resolve(hostname);
  const ssl = protocol === 'https:';
  const [tenantName, database] = tenant?.split('/') ?? [];
  const client = new ChromaClient({
    host: hostname,
    port: port ?? (ssl ? 443 : 8000),
    ssl,
    ...(tenantName && { tenant: tenantName }),
    ...(database && { database }),
    // A server of one's own reads the first, Chroma Cloud the second.
    headers: key ? { authorization: `Bearer ${key}`, 'x-chroma-token': key } : {},
  });
  let opened: Collection | null = null;
  const collection = async () => {
    // Vectors come from the platform; Chroma is to make none of its own.
    opened ??= await client.getCollection({ name, embeddingFunction: undefined });
    return opened;
  };
  return {
    describe: async () => {
      try {
        const found = await collection();
        const space =
          found.configuration?.hnsw?.space ?? found.configuration?.spann?.space ?? found.metadata?.['hnsw:space'];
        const rows = await found.count();
        const [embedding] = rows > 0 ? (await found.get({ limit: 1, include: ['embeddings'] })).embeddings : [];
        const metric = typeof space === 'string' ? (METRICS[space] ?? space) : null;
        return { exists: true, dimension: embedding?.length ?? null, metric, rows };
      } catch (error) {
        if (error instanceof ChromaNotFoundError) return { exists: false, dimension: null, metric: null, rows: null };
        throw error;
      }
    },
    create: async () => {
      // Its dimension is that of the first vector.
      opened = await client.createCollection({
        name,
        configuration: { hnsw: { space: 'cosine' } },
        embeddingFunction: null,
      });
    },
    upsert: async (rows) => {
      await (await collection()).upsert({
        ids: rows.map(({ id }) => id),
        embeddings: rows.map(({ vector }) => vector),
        metadatas: rows.map(({ video_id, start, end }) => ({ video_id, start, end })),
      });
    },
    query: async (vector, limit) => {
      const found = await (await collection()).query({ queryEmbeddings: [vector], nResults: limit });
      return (found.rows()[0] ?? []).map(({ metadata, distance }) => ({
        video_id: String(metadata?.video_id ?? ''),
        start: String(metadata?.start ?? ''),
        end: String(metadata?.end ?? ''),
        // Both of the distances that fit are 1 minus the cosine of vectors of length 1.
        score: 1 - (distance ?? 1),
      }));
    },
    close: async () => {},
  };
}
