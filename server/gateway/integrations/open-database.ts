import { DATABASES } from '../../../src/lib/integration-wire.ts';
import { chromaDatabase } from './chroma.ts';
import { explain } from './integration-error.ts';
import { pgvectorDatabase } from './pgvector.ts';
import { pineconeDatabase } from './pinecone.ts';
import { qdrantDatabase } from './qdrant.ts';
import type { StoredConnection } from './stored-connection.ts';
import type { VectorDatabase } from './vector-database.ts';
import { weaviateDatabase } from './weaviate.ts';

const OPEN = {
  pinecone: pineconeDatabase,
  qdrant: qdrantDatabase,
  weaviate: weaviateDatabase,
  chroma: chromaDatabase,
  pgvector: pgvectorDatabase,
};

/** No answer in this time is no answer: some of the clients would wait for minutes. */
const LIMIT_MS = 60_000;

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Does something with a connection's database and closes it. What the database does wrong is an `IntegrationError`. */
export async function withDatabase<Result>(
  connection: StoredConnection,
  work: (database: VectorDatabase) => Promise<Result>,
): Promise<Result> {
  const { kind, url, key } = connection;
  const place = url ? `${DATABASES[kind].name} at ${url}` : DATABASES[kind].name;
  const told = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await inTime(answer);
    } catch (error) {
      throw explain(error, place, key);
    }
  };
  const open = await told((async () => OPEN[kind](connection))());
  try {
    return await work({
      describe: () => told(open.describe()),
      create: (dimension) => told(open.create(dimension)),
      upsert: (rows) => told(open.upsert(rows)),
      query: (vector, limit) => told(open.query(vector, limit)),
      close: async () => {},
    });
  } finally {
    await open.close().catch(() => undefined);
  }
}
