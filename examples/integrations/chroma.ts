import { ChromaClient } from 'chromadb';
import { argument, exampleClient } from '../client.ts';
import { queryVector, toRows } from './rows.ts';

// A Chroma server; CHROMA_HOST and CHROMA_PORT say where.
const client = await exampleClient();
const chroma = new ChromaClient({
  host: process.env.CHROMA_HOST ?? 'localhost',
  port: Number(process.env.CHROMA_PORT ?? 8000),
});
const collection = await chroma.getOrCreateCollection({
  name: 'video-segments',
  configuration: { hnsw: { space: 'cosine' } },
  embeddingFunction: null,
});

// 1. Ingest.
const rows = await toRows(client, argument(0, 'a video id'));
await collection.upsert({
  ids: rows.map((row) => row.id),
  embeddings: rows.map((row) => row.vector),
  metadatas: rows.map((row) => row.payload),
});
console.log(`ingested ${rows.length} segments`);

// 2. Query.
const vector = await queryVector(client, argument(1, 'a query'));
const found = await collection.query({ queryEmbeddings: [vector], nResults: 5 });
for (const [row] of found.rows())
  if (row) console.log(row.distance?.toFixed(4), row.metadata?.video_id, row.metadata?.start);
