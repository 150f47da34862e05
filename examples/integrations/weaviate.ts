import weaviate, { dataType, vectors } from 'weaviate-client';
import { argument, exampleClient } from '../client.ts';
import { queryVector, toRows } from './rows.ts';

// A local Weaviate server; WEAVIATE_HOST, WEAVIATE_PORT and WEAVIATE_GRPC_PORT say where.
const COLLECTION = 'VideoSegment';
const client = await exampleClient();
const database = await weaviate.connectToLocal({
  host: process.env.WEAVIATE_HOST ?? 'localhost',
  port: Number(process.env.WEAVIATE_PORT ?? 8080),
  grpcPort: Number(process.env.WEAVIATE_GRPC_PORT ?? 50_051),
});
if (!(await database.collections.exists(COLLECTION))) {
  await database.collections.create({
    name: COLLECTION,
    vectorizers: vectors.selfProvided(),
    properties: ['video_id', 'start', 'end'].map((name) => ({ name, dataType: dataType.TEXT })),
  });
}
const collection = database.collections.use(COLLECTION);

// 1. Ingest: our own vectors, under ids that stay the same.
const rows = await toRows(client, argument(0, 'a video id'));
await collection.data.insertMany(rows.map((row) => ({ id: row.id, vectors: row.vector, properties: row.payload })));
console.log(`ingested ${rows.length} segments`);

// 2. Query.
const vector = await queryVector(client, argument(1, 'a query'));
const { objects } = await collection.query.nearVector(vector, { limit: 5, returnMetadata: ['distance'] });
for (const found of objects)
  console.log(found.metadata?.distance?.toFixed(4), found.properties.video_id, found.properties.start);
await database.close();
