import { Pinecone } from '@pinecone-database/pinecone';
import { argument, exampleClient } from '../client.ts';
import { queryVector, toRows } from './rows.ts';

// A Pinecone project; PINECONE_API_KEY says whose.
const INDEX = 'video-segments';
const client = await exampleClient();
const pinecone = new Pinecone();
const known = (await pinecone.listIndexes()).indexes ?? [];
if (!known.some(({ name }) => name === INDEX)) {
  await pinecone.createIndex({
    name: INDEX,
    dimension: 1024,
    metric: 'cosine',
    spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
    waitUntilReady: true,
  });
}
const index = pinecone.index({ name: INDEX });

// 1. Ingest.
const rows = await toRows(client, argument(0, 'a video id'));
await index.upsert({ records: rows.map((row) => ({ id: row.id, values: row.vector, metadata: row.payload })) });
console.log(`ingested ${rows.length} segments`);

// 2. Query.
const vector = await queryVector(client, argument(1, 'a query'));
const { matches } = await index.query({ vector, topK: 5, includeMetadata: true });
for (const match of matches) console.log(match.score?.toFixed(4), match.metadata?.video_id, match.metadata?.start);
