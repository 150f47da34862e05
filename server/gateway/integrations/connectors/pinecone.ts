import { Errors, Pinecone } from '@pinecone-database/pinecone';
import type { HostPolicy } from '../host-policy.ts';
import type { StoredConnection } from '../stored-connection.ts';
import type { VectorDatabase } from './vector-database.ts';

const METRICS: Record<string, string> = { cosine: 'cosine', dotproduct: 'dot', euclidean: 'euclidean' };
const [CLOUD, REGION] = ['aws', 'us-east-1'] as const;

/** A serverless index of a Pinecone project. */
export async function pineconeDatabase(
  { url, index: name, key, region }: StoredConnection,
  hosts: HostPolicy,
): Promise<VectorDatabase> {
  if (url) await hosts.resolve(new URL(url).hostname);
  const client = new Pinecone({ apiKey: key ?? '', ...(url ? { controllerHostUrl: url } : {}) });
  const insecure = url.startsWith('http://');
  let opened: ReturnType<typeof client.index> | null = null;
  /** The index's own host, which the project names. A project without TLS (Pinecone Local) has indexes without it. */
  const index = async () => {
    if (opened) return opened;
    const { host } = await client.describeIndex(name);
    const address = host.includes('://') ? host : `${insecure ? 'http' : 'https'}://${host}`;
    // The key goes there next: a name in an answer is checked like one that was typed in.
    await hosts.resolve(new URL(address).hostname);
    opened = client.index({ host: address });
    return opened;
  };
  return {
    describe: async () => {
      try {
        const { dimension, metric } = await client.describeIndex(name);
        const { totalRecordCount } = await (await index()).describeIndexStats();
        return {
          exists: true,
          dimension: dimension ?? null,
          metric: METRICS[metric] ?? metric,
          rows: totalRecordCount ?? null,
        };
      } catch (error) {
        if (error instanceof Errors.PineconeNotFoundError) {
          return { exists: false, dimension: null, metric: null, rows: null };
        }
        throw error;
      }
    },
    create: async (dimension) => {
      const [cloud = CLOUD, place = REGION] = region?.split('/') ?? [];
      await client.createIndex({
        name,
        dimension,
        metric: 'cosine',
        spec: { serverless: { cloud: cloud as 'aws' | 'gcp' | 'azure', region: place } },
        waitUntilReady: true,
      });
    },
    upsert: async (rows) => {
      await (await index()).upsert({
        records: rows.map(({ id, vector, video_id, start, end }) => ({
          id,
          values: vector,
          metadata: { video_id, start, end },
        })),
      });
    },
    query: async (vector, topK) => {
      const { matches } = await (await index()).query({ vector, topK, includeMetadata: true });
      return matches.map(({ score, metadata }) => ({
        video_id: String(metadata?.video_id ?? ''),
        start: String(metadata?.start ?? ''),
        end: String(metadata?.end ?? ''),
        score: score ?? 0,
      }));
    },
    close: async () => {},
  };
}
