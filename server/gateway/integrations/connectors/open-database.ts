import { DATABASES, type DatabaseKind } from '../../../../src/api/contracts/integrations.ts';
import { withTimeout } from '../../../with-timeout.ts';
import { withFetch } from '../../strict-fetch.ts';
import { createCheckedFetch } from '../checked-fetch.ts';
import type { HostPolicy } from '../host-policy.ts';
import { explain } from '../integration-error.ts';
import type { StoredConnection } from '../stored-connection.ts';
import type { VectorDatabase } from './vector-database.ts';

type Open = (connection: StoredConnection, hosts: HostPolicy) => VectorDatabase | Promise<VectorDatabase>;

/** Each connector is loaded when it is first used: their clients take most of a second together. */
const CONNECTORS: Readonly<Record<DatabaseKind, () => Promise<Open>>> = {
  pinecone: async () => (await import('./pinecone.ts')).pineconeDatabase,
  qdrant: async () => (await import('./qdrant.ts')).qdrantDatabase,
  weaviate: async () => (await import('./weaviate.ts')).weaviateDatabase,
  chroma: async () => (await import('./chroma.ts')).chromaDatabase,
  pgvector: async () => (await import('./pgvector.ts')).pgvectorDatabase,
};

/** No answer in this time is no answer: some of the clients would wait for minutes. */
const TIMEOUT_MS = 60_000;

/** Does something with a connection's database and closes it. What the database does wrong is an `IntegrationError`. */
export async function withDatabase<Result>(
  connection: StoredConnection,
  hosts: HostPolicy,
  work: (database: VectorDatabase) => Promise<Result>,
): Promise<Result> {
  const { kind, url, key, grpc, isFixed } = connection;
  const place = url ? `${DATABASES[kind].name} at ${url}` : DATABASES[kind].name;
  // Whoever runs the studio has named the hosts of its own environment.
  const named = isFixed ? [url && new URL(url).hostname, grpc?.split(':')[0] ?? ''].filter(Boolean) : [];
  const policy = named.reduce((all, host) => all.with(host), hosts);
  const checked = createCheckedFetch(policy);
  const run = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await withTimeout(withFetch(checked.fetch, ask), TIMEOUT_MS);
    } catch (error) {
      throw explain(error, place, key);
    }
  };
  try {
    const open = await run(async () => (await CONNECTORS[kind]())(connection, policy));
    try {
      return await work({
        describe: () => run(() => open.describe()),
        create: (dimension) => run(() => open.create(dimension)),
        upsert: (rows) => run(() => open.upsert(rows)),
        query: (vector, limit) => run(() => open.query(vector, limit)),
        close: async () => {},
      });
    } finally {
      await open.close().catch(() => undefined);
    }
  } finally {
    await checked.close();
  }
}
