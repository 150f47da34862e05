import { QdrantClient } from '@qdrant/js-client-rest';
import { parseDatabaseAddress } from '../database-address.ts';
import type { HostPolicy } from '../host-policy.ts';
import { IntegrationError } from '../integration-error.ts';
import type { StoredConnection } from '../stored-connection.ts';
import type { VectorDatabase } from './vector-database.ts';

const TIMEOUT_MS = 20_000;
const METRICS: Record<string, string> = { Cosine: 'cosine', Dot: 'dot', Euclid: 'euclid', Manhattan: 'manhattan' };

/** A collection of a Qdrant server, over REST. */
export async function qdrantDatabase(
  { url, index, key }: StoredConnection,
  hosts: HostPolicy,
): Promise<VectorDatabase> {
  const { hostname, port, protocol, path } = parseDatabaseAddress('qdrant', url);
  await hosts.resolve(hostname);
  const https = protocol === 'https:';
  const client = new QdrantClient({
    host: hostname,
    port: port ?? (https ? 443 : 6333),
    https,
    prefix: path && `/${path}`,
    timeout: TIMEOUT_MS,
    checkCompatibility: false,
    // As a header of ours: the client would warn on the console of each key that is sent over plain http.
    headers: key ? { 'api-key': key } : {},
  });
  return {
    describe: async () => {
      const { exists } = await client.collectionExists(index);
      if (!exists) return { exists, dimension: null, metric: null, rows: null };
      const { config, points_count } = await client.getCollection(index);
      const { vectors } = config.params;
      if (typeof vectors?.size !== 'number') {
        throw new IntegrationError(
          'refused',
          `The collection “${index}” has named vectors; the studio needs one without a name.`,
        );
      }
      const metric = String(vectors.distance);
      return { exists, dimension: vectors.size, metric: METRICS[metric] ?? metric, rows: points_count ?? null };
    },
    create: async (size) => {
      await client.createCollection(index, { vectors: { size, distance: 'Cosine' } });
    },
    upsert: async (rows) => {
      await client.upsert(index, {
        wait: true,
        points: rows.map(({ id, vector, video_id, start, end }) => ({ id, vector, payload: { video_id, start, end } })),
      });
    },
    query: async (vector, limit) => {
      const { points } = await client.query(index, { query: vector, limit, with_payload: true });
      return points.map(({ score, payload }) => ({
        video_id: String(payload?.video_id ?? ''),
        start: String(payload?.start ?? ''),
        end: String(payload?.end ?? ''),
        score,
      }));
    },
    close: async () => {},
  };
}
