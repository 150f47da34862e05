import { QdrantClient } from '@qdrant/js-client-rest';
import { argument, exampleClient } from '../client.ts';
import { queryVector, toRows } from './rows.ts';

// A Qdrant server; QDRANT_URL and QDRANT_API_KEY say where.
const COLLECTION = 'video-segments';
const client = await exampleClient();
const qdrant = new QdrantClient({
  url: process.env.QDRANT_URL ?? 'http://localhost:6333',
  apiKey: process.env.QDRANT_API_KEY,
});
if (!(await qdrant.collectionExists(COLLECTION)).exists) {
  await qdrant.createCollection(COLLECTION, { vectors: { size: 1024, distance: 'Cosine' } });
}

// 1. Ingest.
const rows = await toRows(client, argument(0, 'a video id'));
await qdrant.upsert(COLLECTION, {
  wait: true,
  points: rows.map((row) => ({ id: row.id, vector: row.vector, payload: row.payload })),
});
console.log(`ingested ${rows.length} segments`);

// 2. Query.
const { points } = await qdrant.query(COLLECTION, {
  query: await queryVector(client, argument(1, 'a query')),
  limit: 5,
  with_payload: true,
});
for (const point of points) console.log(point.score.toFixed(4), point.payload?.video_id, point.payload?.start);
