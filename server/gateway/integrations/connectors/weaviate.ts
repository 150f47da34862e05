import { isIPv6 } from 'node:net';
import weaviate, { dataType, vectors, type WeaviateClient } from 'weaviate-client';
import { parseDatabaseAddress } from '../database-address.ts';
import { type HostPolicy, isLoopback } from '../host-policy.ts';
import { IntegrationError } from '../integration-error.ts';
import type { StoredConnection } from '../stored-connection.ts';
import type { VectorDatabase } from './vector-database.ts';

const GRPC_PORT = 50_051;
const SECONDS = 20;
const PROPERTIES = ['video_id', 'start', 'end'];

async function connect({ url, key, grpc }: StoredConnection, hosts: HostPolicy): Promise<WeaviateClient> {
  const { hostname, port, protocol, path } = parseDatabaseAddress('weaviate', url);
  const secure = protocol === 'https:';
  const [grpcHost = hostname, grpcPort] = grpc?.split(':') ?? [];
  await hosts.resolve(hostname);
  const grpcAddress = await hosts.resolve(grpcHost);
  // The client's gRPC looks names up itself, so it gets the address that was checked. With TLS it needs the name, as the client
  // has no option for the name in the certificate: a server that the name leads to by then cannot prove to have that name.
  const isNameSafe = secure || hosts.isNamed(grpcHost) || isLoopback(grpcHost);
  const grpcTarget = isNameSafe ? grpcHost : grpcAddress;
  return weaviate.connectToCustom({
    httpHost: hostname,
    httpPort: port ?? (secure ? 443 : 8080),
    httpPath: path && `/${path}`,
    httpSecure: secure,
    grpcHost: isIPv6(grpcTarget) ? `[${grpcTarget}]` : grpcTarget,
    grpcPort: grpcPort ? Number(grpcPort) : secure ? 443 : GRPC_PORT,
    grpcSecure: secure,
    timeout: { init: SECONDS, query: SECONDS, insert: SECONDS },
    ...(key && { authCredentials: new weaviate.ApiKey(key) }),
  });
}

/** A collection of a Weaviate server: its schema over REST, its objects over gRPC. */
export function weaviateDatabase(connection: StoredConnection, hosts: HostPolicy): VectorDatabase {
  const { index: name } = connection;
  let opened: Promise<WeaviateClient> | null = null;
  const client = () => {
    opened ??= connect(connection, hosts).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  const collection = async () => (await client()).collections.use(name);
  let known: string | null = null;
  /** How the collection compares vectors, in Weaviate's words. */
  const metric = async () => {
    const { vectorizers } = await (await collection()).config.get();
    const index = Object.values(vectorizers)[0]?.indexConfig;
    known ??= index && 'distance' in index ? index.distance : null;
    return known;
  };
  return {
    describe: async () => {
      const { collections } = await client();
      if (!(await collections.exists(name))) return { exists: false, dimension: null, metric: null, rows: null };
      const found = collections.use(name);
      const rows = await found.length();
      const first =
        rows > 0 ? (await found.query.fetchObjects({ limit: 1, includeVector: true })).objects[0] : undefined;
      const vector = first && Object.values(first.vectors)[0];
      return { exists: true, dimension: Array.isArray(vector) ? vector.length : null, metric: await metric(), rows };
    },
    create: async () => {
      // Its dimension is that of the first vector.
      await (await client()).collections.create({
        name,
        vectorizers: vectors.selfProvided({
          vectorIndexConfig: weaviate.configure.vectorIndex.hnsw({ distanceMetric: 'cosine' }),
        }),
        properties: PROPERTIES.map((property) => ({ name: property, dataType: dataType.TEXT })),
      });
    },
    upsert: async (rows) => {
      const { errors, hasErrors } = await (await collection()).data.insertMany(
        rows.map(({ id, vector, video_id, start, end }) => ({
          id,
          vectors: vector,
          properties: { video_id, start, end },
        })),
      );
      if (hasErrors)
        throw new IntegrationError('refused', `Weaviate refused rows: ${Object.values(errors)[0]?.message}`);
    },
    query: async (vector, limit) => {
      const isDot = (known ?? (await metric())) === 'dot';
      const { objects } = await (await collection()).query.nearVector(vector, { limit, returnMetadata: ['distance'] });
      return objects.map(({ properties, metadata }) => ({
        video_id: String(properties.video_id ?? ''),
        start: String(properties.start ?? ''),
        end: String(properties.end ?? ''),
        // By the dot product the distance is its negative, by cosine it is 1 - cosine.
        score: (isDot ? 0 : 1) - (metadata?.distance ?? 1),
      }));
    },
    close: async () => {
      const open = await opened?.catch(() => null);
      await open?.close();
    },
  };
}
